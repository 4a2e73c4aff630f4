// The service worker: after the first visit the whole course is on the device and works without a
// network. Pages and data come from the network while it answers in time, so that a new build is
// seen at once; files with a hash in their name come from the device. `export {}` keeps this a module
// for the compiler; the build turns it into a classic script.
declare const self: ServiceWorkerGlobalScope;
/** Put in by scripts/astro/offline.mjs: a hash of the build, and its addresses below this script. */
declare const __PRECACHE__: { readonly version: string; readonly urls: readonly string[] };

const PREFIX = 'podlab-';
const CACHE = `${PREFIX}${__PRECACHE__.version}`;
const NETWORK_PATIENCE_MS = 3000;
const isHashed = (url: string) => url.includes('/_astro/');
const absolute = (url: string) => new URL(url, self.location.href).href;

async function olderCaches(): Promise<string[]> {
  const names = await caches.keys();
  return names.filter((name) => name.startsWith(PREFIX) && name !== CACHE);
}

/** Stores a file, copied from an older build's cache where its name says that it is the same. */
async function store(cache: Cache, url: string, older: readonly Cache[]): Promise<void> {
  if (isHashed(url)) {
    for (const candidate of older) {
      const hit = await candidate.match(url);
      if (hit) return cache.put(url, hit);
    }
  }
  await cache.add(new Request(url, { cache: 'reload' }));
}

async function install(): Promise<void> {
  const cache = await caches.open(CACHE);
  const older = await Promise.all((await olderCaches()).map((name) => caches.open(name)));
  await Promise.all(__PRECACHE__.urls.map((url) => store(cache, absolute(url), older)));
}

async function activate(): Promise<void> {
  for (const name of await olderCaches()) await caches.delete(name);
  await self.clients.claim();
}

/** The address under which a request is stored: no query, and a folder for its index.html. */
function storedUrl(request: Request): string {
  const url = new URL(request.url);
  return `${url.origin}${url.pathname.replace(/\/index\.html$/, '/')}`;
}

async function fromNetwork(request: Request): Promise<Response> {
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error('the network is slow')), NETWORK_PATIENCE_MS);
  });
  return Promise.race([fetch(request), late]);
}

async function answer(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  const stored = await cache.match(storedUrl(request));
  if (stored && isHashed(request.url)) return stored;
  if (!stored) {
    try {
      return await fetch(request);
    } catch {
      const isPage = request.mode === 'navigate';
      return (isPage && (await cache.match(absolute('404.html')))) || Response.error();
    }
  }
  try {
    return await fromNetwork(request);
  } catch {
    return stored;
  }
}

self.addEventListener('install', (event) => event.waitUntil(install()));
self.addEventListener('activate', (event) => event.waitUntil(activate()));
self.addEventListener('fetch', (event) => {
  const isOwn = new URL(event.request.url).origin === self.location.origin;
  if (event.request.method === 'GET' && isOwn) event.respondWith(answer(event.request));
});

export {};
