// Dynamic imports as the browser knows them. Vite passes each through a helper that preloads what
// the module imports in turn; on a lesson page that helper would be a fifth of all script that runs
// before the lab is opened. Astro puts every style sheet into the page's head, so that the helper
// has no styles to wait for either.

const HELPER = '\0vite/preload-helper.js';

/** A Vite plugin that puts a helper which only imports in the place of Vite's. */
export function plainImports() {
  return {
    name: 'plain-imports',
    apply: 'build',
    enforce: 'pre',
    load: (id) => (id === HELPER ? 'export const __vitePreload = (load) => load();' : undefined),
  };
}
