// Where nginx's words for a status differ from the RFC's.
import { reasonPhrase } from '../../kernel/commands/http/message.ts';

const own: Readonly<Record<number, string>> = {
  302: 'Moved Temporarily',
  405: 'Not Allowed',
  408: 'Request Time-out',
  413: 'Request Entity Too Large',
  414: 'Request-URI Too Large',
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out',
};

/** `404` gives `Not Found`. */
export function reasonOf(status: number): string {
  return own[status] ?? reasonPhrase(status);
}
