// Requests and responses of HTTP/1.1 as values.

/** Header lines in the order of the message; a name may occur more than once. */
export type HeaderList = readonly (readonly [name: string, value: string])[];

export interface HttpRequest {
  readonly method: string;
  /** What the request line names: usually a path with its query. */
  readonly target: string;
  /** `1.0` or `1.1`. */
  readonly version: string;
  readonly headers: HeaderList;
  readonly body: string;
}

export interface HttpResponse {
  readonly status: number;
  /** The words after the status; the usual ones when left out. */
  readonly reason?: string;
  /** `1.1` when left out. */
  readonly version?: string;
  readonly headers: HeaderList;
  readonly body: string;
}

/** The first value of a header, whatever its case. */
export function headerValue(headers: HeaderList, name: string): string | undefined {
  const wanted = name.toLowerCase();
  return headers.find(([key]) => key.toLowerCase() === wanted)?.[1];
}

const reasons: Readonly<Record<number, string>> = {
  100: 'Continue',
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
  206: 'Partial Content',
  301: 'Moved Permanently',
  302: 'Found',
  303: 'See Other',
  304: 'Not Modified',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  409: 'Conflict',
  413: 'Request Entity Too Large',
  414: 'Request-URI Too Large',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

/** The usual words for a status (RFC 9110, section 15). */
export function reasonPhrase(status: number): string {
  return reasons[status] ?? 'Unknown';
}

/** A text with every header and the empty line, ready to be sent. */
export function headText(startLine: string, headers: HeaderList): string {
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`);
  return `${startLine}\r\n${lines.join('')}\r\n`;
}
