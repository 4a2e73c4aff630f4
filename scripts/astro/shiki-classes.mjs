// Highlighted code without style attributes, so that the content security policy needs no
// 'unsafe-inline': a transformer turns shiki's colours into classes, and the virtual style sheet
// `virtual:shiki.css` says what each class means in both themes.
import { bundledThemes } from 'shiki';

const VIRTUAL_ID = 'virtual:shiki.css';
const VARIABLE = /--shiki-(light|dark)(-font-style|-font-weight|-text-decoration|-bg)?:([^;]+)/g;
const FONT_CLASSES = {
  '-font-style': 'code-italic',
  '-font-weight': 'code-bold',
  '-text-decoration': 'code-underline',
};

const hexDigits = (colour) => colour.replace('#', '').toLowerCase();

/** The classes that say the same as one of shiki's style attributes. */
function classesOf(style) {
  const classes = [];
  for (const [, scheme, property, value] of style.matchAll(VARIABLE)) {
    if (property === undefined) classes.push(`${scheme[0]}${hexDigits(value)}`);
    else if (property in FONT_CLASSES) classes.push(FONT_CLASSES[property]);
  }
  return classes;
}

/**
 * A shiki transformer; use it with `defaultColor: false` and two themes, `light` and `dark`.
 * @returns {import('shiki').ShikiTransformer}
 */
export function shikiClasses() {
  const swap = (node) => {
    const { style } = node.properties;
    if (typeof style !== 'string') return;
    delete node.properties.style;
    if (node.tagName !== 'span') return;
    node.properties.class = [node.properties.class, ...classesOf(style)].filter(Boolean).join(' ');
  };
  return { name: 'shiki-classes', enforce: 'post', pre: swap, span: swap };
}

const loadTheme = async (name) => (await bundledThemes[name]()).default;

function coloursOf(theme) {
  const rules = theme.tokenColors ?? theme.settings ?? [];
  const all = [
    theme.colors?.['editor.foreground'],
    ...rules.map((rule) => rule.settings?.foreground),
  ];
  return [...new Set(all.filter(Boolean).map(hexDigits))];
}

/** A Vite plugin that serves `virtual:shiki.css` for the two themes. */
export function shikiStyles({ light, dark }) {
  return {
    name: 'shiki-styles',
    resolveId: (id) => (id === VIRTUAL_ID ? `\0${VIRTUAL_ID}` : undefined),
    async load(id) {
      if (id !== `\0${VIRTUAL_ID}`) return undefined;
      const [lightTheme, darkTheme] = await Promise.all([loadTheme(light), loadTheme(dark)]);
      return [
        '.astro-code span{color:light-dark(var(--code-l,inherit),var(--code-d,inherit))}',
        '.code-italic{font-style:italic}.code-bold{font-weight:700}',
        '.code-underline{text-decoration:underline}',
        ...coloursOf(lightTheme).map((colour) => `.l${colour}{--code-l:#${colour}}`),
        ...coloursOf(darkTheme).map((colour) => `.d${colour}{--code-d:#${colour}}`),
      ].join('\n');
    },
  };
}
