// The two shells that are modelled: busybox ash, and dash as in Debian's images.

export type Dialect = 'ash' | 'dash';
