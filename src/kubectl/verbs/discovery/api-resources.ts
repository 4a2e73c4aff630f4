// `kubectl api-resources` and `kubectl api-versions` (kubectl/pkg/cmd/apiresources).
import type { ResourceInfo } from '#sim/apiserver/discovery/catalog.ts';
import { Failure } from '../../failure.ts';
import { TabWriter, tableTabs } from '../../print/tabwriter.ts';
import { apiVersionOf, qualifiedResource } from '../../resources/mapper.ts';
import type { Session } from '../../session.ts';

function selects(session: Session, mapping: ResourceInfo): boolean {
  const { flags } = session;
  if (flags.given('api-group') && mapping.group !== flags.text('api-group')) return false;
  if (flags.given('namespaced') && mapping.namespaced !== flags.bool('namespaced')) return false;
  const has = (wanted: readonly string[], owned: readonly string[]): boolean =>
    wanted.every((word) => owned.includes(word));
  return (
    has(flags.list('verbs'), mapping.verbs) && has(flags.list('categories'), mapping.categories)
  );
}

/** Each resource in the version that its group prefers: the first. */
function preferred(all: readonly ResourceInfo[]): readonly ResourceInfo[] {
  const names = all.map(qualifiedResource);
  return all.filter((mapping, index) => names.indexOf(qualifiedResource(mapping)) === index);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function sorted(session: Session, all: readonly ResourceInfo[]): readonly ResourceInfo[] {
  const by = session.flags.text('sort-by');
  if (by === 'kind') return all.toSorted((a, b) => compare(a.kind, b.kind));
  if (by === 'name') return all.toSorted((a, b) => compare(a.resource, b.resource));
  return all.toSorted((a, b) => compare(a.group, b.group) || compare(a.resource, b.resource));
}

function row(mapping: ResourceInfo, wide: boolean): string {
  const { resource, shortNames, namespaced, kind, verbs, categories } = mapping;
  const cells = [resource, shortNames.join(','), apiVersionOf(mapping), String(namespaced), kind];
  if (wide) cells.push(verbs.join(','), categories.join(','));
  return cells.join('\t');
}

export function apiResources(session: Session): number {
  const { flags, args, output } = session;
  if (args.length > 0) throw session.usage(`unexpected arguments: [${args.join(' ')}]`);
  const format = flags.text('output');
  if (!['', 'wide', 'name'].includes(format)) {
    throw new Failure(`--output ${format} is not available`);
  }
  const by = flags.text('sort-by');
  if (!['', 'name', 'kind'].includes(by)) {
    throw new Failure('--sort-by accepts only name or kind');
  }
  const all = preferred(session.api.resources().filter(({ verbs }) => verbs.length > 0));
  const chosen = sorted(
    session,
    all.filter((mapping) => selects(session, mapping)),
  );
  if (format === 'name') {
    output.out(chosen.map((mapping) => `${qualifiedResource(mapping)}\n`).join(''));
    return 0;
  }
  const wide = format === 'wide';
  const names = ['NAME', 'SHORTNAMES', 'APIVERSION', 'NAMESPACED', 'KIND'];
  const headers = wide ? [...names, 'VERBS', 'CATEGORIES'] : names;
  const lines = chosen.map((mapping) => row(mapping, wide));
  if (!flags.bool('no-headers')) lines.unshift(headers.join('\t'));
  output.out(new TabWriter(tableTabs).format(lines.map((line) => `${line}\n`).join('')));
  return 0;
}

export function apiVersions(session: Session): number {
  const { args, output } = session;
  if (args.length > 0) throw session.usage(`unexpected arguments: [${args.join(' ')}]`);
  const versions = [...new Set(session.api.resources().map(apiVersionOf))].sort();
  output.out(versions.map((version) => `${version}\n`).join(''));
  return 0;
}
