// xterm.js writes <style> elements; a strict style-src blocks them. They become constructable sheets instead.

/** Runs `open`, during which `document.createElement('style')` gives an inert stand-in that fills a constructable sheet. */
export function withConstructableStyles<T>(open: () => T): T {
  const { createElement } = document;
  document.createElement = function (
    this: Document,
    name: string,
    options?: ElementCreationOptions,
  ) {
    if (name.toLowerCase() !== 'style') return createElement.call(this, name, options);
    // An inserted <style>, even an empty one, counts as a violation.
    const standIn = createElement.call(this, 'template');
    const sheet = new CSSStyleSheet();
    document.adoptedStyleSheets.push(sheet);
    Object.defineProperty(standIn, 'textContent', {
      configurable: true,
      get: () => '',
      set: (css: string) => sheet.replaceSync(css),
    });
    const remove = standIn.remove.bind(standIn);
    standIn.remove = () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
      remove();
    };
    return standIn;
  } as typeof document.createElement;
  try {
    return open();
  } finally {
    document.createElement = createElement;
  }
}
