// Where the site's root is for this page. The built site runs from any folder of any host, so a
// script must never start an address with "/".

/** The absolute address of something below the site's root, such as `rootUrl('sw.js')`. */
export function rootUrl(path: string): string {
  const root = document.documentElement.dataset.root ?? './';
  return new URL(path, new URL(root, location.href)).href;
}
