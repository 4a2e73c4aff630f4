// Draws the site's bitmap icons and the picture that link previews show, from public/favicon.svg
// and the drawing on the home page. Run by hand after either has changed:
//   node scripts/generate/icons.mjs
import { readFile, writeFile } from 'node:fs/promises';
import { chromium } from 'playwright';
import { chromiumArguments, findChromium } from '../browser.mjs';

const file = (path) => new URL(`../../${path}`, import.meta.url);
const icon = await readFile(file('public/favicon.svg'), 'utf8');

const browser = await chromium.launch({
  executablePath: findChromium(),
  args: [...chromiumArguments],
});

/** A PNG of the markup, `width` by `height` pixels. */
async function draw({ width, height, body, styles = '' }) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme: 'light' });
  await page.setContent(
    `<style>*{margin:0;box-sizing:border-box}body{width:${width}px;height:${height}px;background:#fcfcfa}${styles}</style>${body}`,
  );
  await page.evaluate('document.fonts.ready');
  const image = await page.screenshot();
  await page.close();
  return image;
}

/** An .ico file that holds one PNG of 32 by 32 pixels. */
function ico(png) {
  const head = Buffer.alloc(22);
  head.writeUInt16LE(1, 2); // an icon
  head.writeUInt16LE(1, 4); // of one image
  head.writeUInt8(32, 6);
  head.writeUInt8(32, 7);
  head.writeUInt16LE(1, 10);
  head.writeUInt16LE(32, 12);
  head.writeUInt32LE(png.length, 14);
  head.writeUInt32LE(head.length, 18);
  return Buffer.concat([head, png]);
}

async function social() {
  const frontispiece = await readFile(file('src/components/site/Frontispiece.astro'), 'utf8');
  const drawing = frontispiece.slice(frontispiece.indexOf('<svg')).replace(/=\{label\}/, '=""');
  const parts = ['tokens', 'picture', 'picture-cluster'];
  const sheets = await Promise.all(
    parts.map((name) => readFile(file(`src/styles/${name}.css`), 'utf8')),
  );
  const fonts = await Promise.all(
    [
      ['Literata', 'literata-latin-wght-normal'],
      ['JetBrains Mono', 'jetbrains-mono-latin-wght-normal'],
    ].map(async ([family, name]) => {
      const data = (await readFile(file(`src/styles/fonts/${name}.woff2`))).toString('base64');
      return `@font-face{font-family:"${family}";src:url(data:font/woff2;base64,${data});font-weight:100 900}`;
    }),
  );
  return draw({
    width: 1200,
    height: 630,
    styles: `${fonts.join('')}${sheets.join('')}
      :root{color-scheme:light;--face:#fcfcfa}
      body{display:grid;grid-template-columns:1fr 440px;gap:60px;align-items:center;padding:0 70px;font-family:Literata;color:#15212b}
      h1{font-size:60px;line-height:1.08;font-weight:620;letter-spacing:-.02em}
      p{margin-top:28px;font-size:30px;line-height:1.4;color:#45535c}.pic{width:440px;height:auto}`,
    body: `<div><h1>What a Pod will do, <br>and how you know.</h1><p>Podlab: a course on Kubernetes Pods with a cluster beside the text</p></div>${drawing}`,
  });
}

const small = await draw({
  width: 32,
  height: 32,
  body: icon,
  styles: 'svg{width:32px;height:32px}',
});
const touch = { body: icon, styles: 'svg{width:140px;height:140px;margin:20px}' };
await writeFile(file('public/favicon.ico'), ico(small));
await writeFile(
  file('public/apple-touch-icon.png'),
  await draw({ width: 180, height: 180, ...touch }),
);
await writeFile(file('public/social.png'), await social());
await browser.close();
