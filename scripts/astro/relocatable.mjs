// Makes the built site independent of the address it is served from: pages, styles and scripts are
// written with addresses from the site's root ("/versions/"), and this integration turns them into
// relative ones ("../../versions/"). The same build then works at a domain's root, in a subfolder,
// and inside a learning platform’s frame. 404.html keeps its addresses, because a host serves it at
// any depth.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const ADDRESS = /(\s(?:href|src|poster|data-[a-z-]*url)=")\/(?!\/)([^"]*)"/g;

/** `../` as often as the page is deep; `./` at the root. */
export function rootFrom(page) {
  const depth = page.split('/').length - 1;
  return depth === 0 ? './' : '../'.repeat(depth);
}

/** The page's markup with every address from the root made relative to `page` ("a/index.html"). */
export function withRelativeAddresses(html, page) {
  return html.replace(ADDRESS, (_, before, rest) => `${before}${rootFrom(page)}${rest}"`);
}

export function relocatable() {
  return {
    name: 'relocatable',
    hooks: {
      'astro:config:setup': ({ command, updateConfig }) => {
        if (command !== 'build') return;
        updateConfig({
          vite: { experimental: { renderBuiltUrl: () => ({ relative: true }) } },
        });
      },
      'astro:build:done': async ({ dir }) => {
        const root = fileURLToPath(dir);
        for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
          if (!entry.isFile() || !entry.name.endsWith('.html')) continue;
          const file = join(entry.parentPath, entry.name);
          const page = relative(root, file).split(sep).join('/');
          if (page === '404.html') continue;
          await writeFile(file, withRelativeAddresses(await readFile(file, 'utf8'), page));
        }
      },
    },
  };
}
