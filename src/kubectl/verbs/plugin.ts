// `kubectl plugin list`: programs called kubectl-* on the PATH (kubectl/pkg/cmd/plugin).
import { isErrno } from '#sim/kernel/errno.ts';
import { Failure } from '../failure.ts';
import type { Session } from '../session.ts';

export function pluginList(session: Session): number {
  const { process, output, flags } = session;
  const folders = (process.env.get('PATH') ?? '').split(':').filter((folder) => folder !== '');
  const found = folders.flatMap((folder) => {
    try {
      const names = process.files.list(folder).filter((name) => name.startsWith('kubectl-'));
      return names.map((name) => (flags.bool('name-only') ? name : `${folder}/${name}`));
    } catch (thrown) {
      if (isErrno(thrown)) return [];
      throw thrown;
    }
  });
  if (found.length === 0) throw new Failure('unable to find any kubectl plugins in your PATH');
  output.line('The following compatible plugins are available:\n');
  for (const path of found) output.line(path);
  return 0;
}
