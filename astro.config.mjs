import mdx from '@astrojs/mdx';
import { defineConfig } from 'astro/config';
import { offline } from './scripts/astro/offline.mjs';
import { plainImports } from './scripts/astro/plain-imports.mjs';
import { relocatable } from './scripts/astro/relocatable.mjs';
import { shikiClasses, shikiStyles } from './scripts/astro/shiki-classes.mjs';

const themes = { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' };

// The address under which the site will be published, if its builder knows it. Only then are
// canonical and social addresses written; everything else works from any folder of any host.
const site = process.env.PODLAB_SITE;

export default defineConfig({
  ...(site ? { site } : {}),
  trailingSlash: 'always',
  // Astro 7 would drop the line breaks between inline elements, and join words.
  compressHTML: true,
  build: {
    format: 'directory',
    // Nothing inline: the content security policy allows neither styles nor scripts in the page.
    inlineStylesheets: 'never',
  },
  integrations: [mdx(), relocatable(), offline()],
  markdown: {
    shikiConfig: { themes, defaultColor: false, transformers: [shikiClasses()] },
  },
  devToolbar: { enabled: false },
  vite: {
    build: {
      assetsInlineLimit: 0,
      // Every MDX entry would print a warning about its "use strict"-like directive.
      rolldownOptions: { checks: { moduleLevelDirective: false } },
    },
    plugins: [shikiStyles(themes), plainImports()],
  },
});
