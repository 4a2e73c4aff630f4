// `kubectl get --raw PATH`: the answer of the server as it is.
import { Failure } from '../../failure.ts';
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
    throw session.usage(`--raw must be a valid URL path: ${JSON.stringify(path)}`);
  }
  const { code, text } = session.api.server.raw(path);
  if (code >= 400) {
    const reason = code === 404 ? 'NotFound' : code === 403 ? 'Forbidden' : '';
    const message =
      reason === 'NotFound' ? 'the server could not find the requested resource' : text;
    throw new Failure(`Error from server (${reason}): ${message}`);
  }
  output.out(text);
  return 0;
}
