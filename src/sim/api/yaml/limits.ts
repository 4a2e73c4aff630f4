// How much of a manifest is read. Generous for people, small enough that no text can make the tab slow.

/** Bytes of one file, as UTF-8. */
export const mostBytes = 262_144;
/** Lists and mappings inside each other. */
export const mostDepth = 100;
/** Values of one document, written out or repeated by aliases. */
export const mostNodes = 50_000;
