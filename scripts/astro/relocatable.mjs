// Makes the built site independent of the address it is served from: pages and styles are written
// with addresses from the site's root ("/versions/"), and this integration turns them into relative
// ones ("../../versions/"). The same build then works at a domain's root, in a subfolder, and inside
// a learning platform's frame. 404.html keeps its addresses, because a host serves it at any depth.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const IN_MARKUP = /(\s(?:href|src|poster|data-[a-z-]*url)=")\/(?!\/)([^"]*)"/g;
const IN_STYLES = /(\burl\(["']?)\/(?!\/)/g;

/** `../` as often as the file is deep; `./` at the root. */
export function rootFrom(file) {
  const depth = file.split('/').length - 1;
  return depth === 0 ? './' : '../'.repeat(depth);
}

/** A page's markup with every address from the root made relative to `page` ("a/index.html"). */
export function markupFrom(page, markup) {
  return markup.replace(IN_MARKUP, (_, before, rest) => `${before}${rootFrom(page)}${rest}"`);
}

/** A style sheet with every address from the root made relative to `sheet` ("_astro/a.css"). */
export function stylesFrom(sheet, styles) {
  return styles.replace(IN_STYLES, (_, before) => `${before}${rootFrom(sheet)}`);
}

async function rewrite(root, file) {
  const change = { html: markupFrom, css: stylesFrom }[file.split('.').at(-1)];
  if (!change || file === '404.html') return;
  const path = join(root, file);
  await writeFile(path, change(file, await readFile(path, 'utf8')));
}

export function relocatable() {
  return {
    name: 'relocatable',
    hooks: {
      'astro:config:setup': ({ command, updateConfig }) => {
        if (command !== 'build') return;
        // Scripts find each other, and their workers, from where they themselves are.
        updateConfig({
          vite: { experimental: { renderBuiltUrl: () => ({ relative: true }) } },
        });
      },
      'astro:build:done': async ({ dir }) => {
        const root = fileURLToPath(dir);
        const entries = await readdir(root, { recursive: true, withFileTypes: true });
        for (const entry of entries.filter((candidate) => candidate.isFile())) {
          const file = relative(root, join(entry.parentPath, entry.name)).split(sep).join('/');
          await rewrite(root, file);
        }
      },
    },
  };
}
