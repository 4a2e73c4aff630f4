// `kubectl patch` (kubectl/pkg/cmd/patch).
import type { KubeObject } from '#sim/api/objects.ts';
import { deepEqual } from '#sim/api/patch.ts';
import { isErrno } from '#sim/kernel/errno.ts';
import { Failure } from '../../failure.ts';
import { printerFor } from '../../print/printer.ts';
import { findResources } from '../../resources/builder.ts';
import type { Info } from '../../resources/info.ts';
import { apiVersionOf } from '../../resources/mapper.ts';
import type { Session } from '../../session.ts';
import { parseYaml } from '../../yaml.ts';
import type { DryRun } from '../common/dry-run.ts';
import { dryRunOf } from '../common/dry-run.ts';
import { fileQuery } from '../common/files.ts';
import { patchedObject } from '../common/patches.ts';
import { patchObject } from '../common/write.ts';

const patchTypes = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
} as const;

type TypeName = keyof typeof patchTypes;

function readText(session: Session): string {
  const { flags, process } = session;
  const text = flags.text('patch');
  const path = flags.text('patch-file');
  if (text === '' && path === '') {
    throw new Failure('must specify --patch or --patch-file containing the contents of the patch');
  }
  if (text !== '' && path !== '') {
    throw new Failure('cannot specify --patch and --patch-file together');
  }
  if (path === '') return text;
  try {
    return process.files.readText(path);
  } catch (thrown) {
    if (!isErrno(thrown)) throw thrown;
    throw new Failure(`unable to read patch file: open ${path}: ${thrown.message.toLowerCase()}`);
  }
}

/** The patch as JSON; broken JSON goes to the server as it is, which says what is wrong with it. */
function parsePatch(text: string): unknown {
  const isJson = /^\s*[[{]/.test(text);
  if (isJson) {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      if (/^\s*\{/.test(text)) return text;
    }
  }
  const parsed = parseYaml(text);
  if (parsed.ok) return parsed.value;
  throw new Failure(`unable to parse ${JSON.stringify(text)}: ${parsed.error}`);
}

export function patch(session: Session): number {
  const { flags, args } = session;
  const local = flags.bool('local');
  const dryRun = dryRunOf(session);
  if (local && dryRun === 'server') {
    throw new Failure(
      'cannot specify --local and --dry-run=server - did you mean --dry-run=client?',
    );
  }
  if (local && args.length > 0) {
    throw new Failure('cannot specify --local and server resources');
  }
  const text = readText(session);
  const type = flags.text('type').toLowerCase();
  if (!Object.hasOwn(patchTypes, type)) {
    const known = Object.keys(patchTypes).join(' ');
    throw new Failure(
      `--type must be one of [${known}], not ${JSON.stringify(flags.text('type'))}`,
    );
  }
  const body = parsePatch(text);
  let count = 0;
  findResources(session, {
    args,
    ...fileQuery(session),
    latest: !local,
    local,
    subresource: flags.text('subresource'),
  }).visit((info) => {
    count += 1;
    patchOne(session, info, body, type as TypeName, dryRun);
  });
  if (count === 0) throw new Failure('no objects passed to patch');
  return 0;
}

function patchOne(
  session: Session,
  info: Info,
  body: unknown,
  type: TypeName,
  dryRun: DryRun,
): void {
  const { flags, output } = session;
  const { mapping } = info;
  const before =
    flags.text('subresource') === 'scale'
      ? info.object
      : { ...info.object, kind: mapping.kind, apiVersion: apiVersionOf(mapping) };
  let after: KubeObject;
  const isLocal = flags.bool('local') || dryRun === 'client';
  if (isLocal) after = patchedObject(before, patchTypes[type], body);
  else {
    const fieldManager = flags.text('field-manager');
    const style = { dryRun, fieldManager, subresource: flags.text('subresource') };
    after = patchObject(session, info, body, patchTypes[type], style);
  }
  const operation = deepEqual(before, after) ? 'patched (no change)' : 'patched';
  output.out(printerFor(session, { operation })(after));
}
