// The packages of others that the site is made of and made with, read from what is installed, so
// that names, versions and licence texts are those of this build.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface PackageLicence {
  readonly name: string;
  readonly version: string;
  /** SPDX expression, such as "MIT". */
  readonly licence: string;
  readonly url: string;
  /** The licence text the package carries, if any. */
  readonly text: string | undefined;
}

interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly license?: string | { readonly type?: string };
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** Direct dependencies that only build the pages; every other one reaches the reader's browser. */
const buildOnly = ['astro', '@astrojs/mdx', 'shiki'];

const modules = join(process.cwd(), 'node_modules');

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
}

/** The folder of a package as its dependent sees it: beside it, or in a folder further up. */
function resolve(name: string, from: string): string | undefined {
  for (let at = from; ; at = join(at, '..')) {
    const candidate = join(at, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return candidate;
    if (at === process.cwd() || at === join(at, '..')) return undefined;
  }
}

function describe(folder: string): PackageLicence {
  const { name = folder, version = '', license } = readManifest(folder);
  const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
  return {
    name,
    version,
    licence: typeof license === 'string' ? license : (license?.type ?? ''),
    url: `https://www.npmjs.com/package/${name}`,
    text: file === undefined ? undefined : readFileSync(join(folder, file), 'utf8').trim(),
  };
}

/** The packages and all they depend on, each once per version, in alphabetical order. */
function closure(names: readonly string[]): PackageLicence[] {
  const found = new Map<string, PackageLicence>();
  const visit = (name: string, from: string) => {
    const folder = resolve(name, from);
    if (folder === undefined) return; // optional, and not for this platform
    const described = describe(folder);
    const key = `${described.name} ${described.version}`;
    if (found.has(key)) return;
    found.set(key, described);
    for (const next of Object.keys(readManifest(folder).dependencies ?? {})) visit(next, folder);
  };
  for (const name of names) visit(name, process.cwd());
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

function directDependencies(): string[] {
  return Object.keys(readManifest(process.cwd()).dependencies ?? {});
}

/** What reaches the reader's browser. */
export function shippedPackages(): PackageLicence[] {
  return closure(directDependencies().filter((name) => !buildOnly.includes(name)));
}

/** What builds the pages and stays behind. */
export function buildPackages(): PackageLicence[] {
  const shipped = new Set(shippedPackages().map(({ name }) => name));
  return closure(buildOnly).filter(({ name }) => !shipped.has(name));
}

/** The package from which the field descriptions of the Kubernetes API are generated. */
export function kubernetesModels(): PackageLicence {
  return describe(join(modules, '@kubernetes/client-node'));
}

/** The fonts, with the licence texts that lie beside their files. */
export function fonts(): PackageLicence[] {
  const text = (file: string) =>
    readFileSync(join(process.cwd(), 'src/styles/fonts', file), 'utf8').trim();
  return [
    {
      name: 'JetBrains Mono',
      version: '',
      licence: 'OFL-1.1',
      url: 'https://www.jetbrains.com/lp/mono/',
      text: text('LICENSE-jetbrains-mono.txt'),
    },
    {
      name: 'Literata',
      version: '',
      licence: 'OFL-1.1',
      url: 'https://github.com/googlefonts/literata',
      text: text('LICENSE-literata.txt'),
    },
  ];
}
