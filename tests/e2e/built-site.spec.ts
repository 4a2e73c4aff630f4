// What holds for the files of the built site, whoever serves them.
import { createServer } from 'node:http';
import { existsSync, readFileSync, statSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { dirname, extname, join, normalize } from 'node:path';
import { expect, test } from 'playwright/test';
import { builtPages, dist } from './pages.ts';

const read = (file: string) => readFileSync(join(dist, file), 'utf8');

for (const page of builtPages()) {
  test(`${page} has nothing inline that the policy forbids`, () => {
    const html = read(page);
    expect(html.match(/<style[\s>]/g)).toBe(null);
    expect(html.match(/<script(?![^>]*\ssrc=)[^>]*>/g)).toBe(null);
    expect(html.match(/\s(style|on[a-z]+)="/g)).toBe(null);
    expect(html).toContain('http-equiv="Content-Security-Policy"');
  });

  test(`every link of ${page} to the site leads to a file`, () => {
    const missing = [...read(page).matchAll(/\s(?:href|src|data-[a-z-]*url)="([^"]*)"/g)]
      .map(([, address = '']) => address.replace(/[#?].*$/, ''))
      .filter((address) => address !== '' && !/^[a-z]+:/.test(address))
      .map((address) => {
        const folder = address.startsWith('/') ? '.' : dirname(page);
        const target = normalize(join(folder, address));
        return /[\\/]$|^\.$/.test(target) ? join(target, 'index.html') : target;
      })
      .filter((target) => !existsSync(join(dist, target)));
    expect([...new Set(missing)]).toEqual([]);
  });
}

test('the policy of the pages is the one the host is asked to send', () => {
  const headers = /Content-Security-Policy: (.*)/.exec(read('_headers'))?.[1];
  const meta = /Content-Security-Policy" content="([^"]*)"/.exec(read('index.html'))?.[1];
  expect(meta?.replaceAll('&#39;', "'")).toBe(headers);
});

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
};

/** Serves dist/ below a folder, as a host of many sites or a learning platform does. */
function serveBelow(folder: string) {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const file = join(dist, path.slice(folder.length), path.endsWith('/') ? 'index.html' : '');
    if (!path.startsWith(folder) || !existsSync(file) || statSync(file).isDirectory()) {
      response.writeHead(404).end();
      return;
    }
    response.setHeader('content-type', types[extname(file)] ?? 'application/octet-stream');
    response.end(readFileSync(file));
  });
  return new Promise<{ url: string; close: () => void }>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      resolve({ url: `http://127.0.0.1:${port}${folder}`, close: () => server.close() });
    });
  });
}

test('the built site works from a subfolder of any host', async ({ page }) => {
  const host = await serveBelow('/course/kubernetes/');
  const failed: string[] = [];
  page.on('response', (response) => {
    if (response.status() >= 400) failed.push(response.url());
  });
  page.on('console', (message) => {
    if (message.type() === 'error') failed.push(message.text());
  });
  await page.goto(host.url);
  await page.getByRole('link', { name: /^Start with 01/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('What a Pod is');
  await page.getByRole('link', { name: 'Podlab' }).first().click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/What a Pod will do/);
  await page.getByRole('link', { name: 'Versions' }).first().click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Which Kubernetes this is');
  host.close();
  expect(failed).toEqual([]);
});
