// `kubectl get --raw PATH`: the answer of the server as it is.
import { noSuchPath } from '#sim/apiserver/status.ts';
import { Failure, StatusFailure } from '../../failure.ts';
import type { Session } from '../../session.ts';

export function getRaw(session: Session): number {
  const { flags, args, output } = session;
  if (flags.list('filename').length > 0 || args.length > 0) {
    throw session.usage('arguments may not be passed when --raw is specified');
  }
  for (const name of ['watch', 'watch-only', 'selector', 'output']) {
    if (flags.given(name)) throw session.usage(`--raw and --${name} are mutually exclusive`);
  }
  const path = flags.text('raw');
  if (!path.startsWith('/')) {
    const shown = JSON.stringify(path);
    throw new Failure(`--raw must be a valid URL path: parse ${shown}: invalid URI for request`);
  }
  const { code, text } = session.api.server.raw(path);
  if (code === 404) throw new StatusFailure(noSuchPath());
  if (code >= 400) throw new Failure(text);
  output.out(text);
  return 0;
}
