// `-f`, `-R` and `-k` as the commands that work on files read them, and the check of documents before they are sent.
import type { KubeObject } from '#sim/api/objects.ts';
import { Failure } from '../../failure.ts';
import type { Query } from '../../resources/builder.ts';
import type { Session } from '../../session.ts';

/** The part of a query that files fill; kustomizations are refused in words. */
export function fileQuery(session: Session): Pick<Query, 'filenames' | 'recursive'> {
  const { flags } = session;
  if (flags.text('kustomize') !== '') {
    if (flags.list('filename').length > 0) {
      throw new Failure('only one of -f or -k can be specified');
    }
    throw new Failure(
      'kustomize is part of real kubectl, but not of this lab; use -f with plain manifests',
    );
  }
  return { filenames: flags.list('filename'), recursive: flags.bool('recursive') };
}

/** Fails where a command needs files and got none. */
export function requireFiles(session: Session): void {
  const { flags } = session;
  if (flags.list('filename').length > 0 || flags.text('kustomize') !== '') return;
  throw new Failure('must specify one of -f and -k');
}

/** What kubectl itself looks at before it sends a document: kind and apiVersion are there. */
export function checkManifest(object: KubeObject, source: string): void {
  const missing: string[] = [];
  if (typeof object !== 'object') return;
  if ((object.apiVersion ?? '') === '') missing.push('apiVersion not set');
  if ((object.kind ?? '') === '') missing.push('kind not set');
  if (missing.length === 0) return;
  const what = missing.length === 1 ? missing[0] : `[${missing.join(', ')}]`;
  throw new Failure(
    `error validating ${JSON.stringify(source)}: error validating data: ${what}; ` +
      'if you choose to ignore these errors, turn validation off with --validate=false',
  );
}
