// Deletes all that this site keeps in this browser: progress, labs, settings, copies of pages.

const OURS = /^podlab\b/;

function deleteDatabase(name: string): Promise<boolean> {
  return new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => resolve(true);
    request.onerror = () => resolve(false);
    // Another tab holds it open and does not let go.
    request.onblocked = () => resolve(false);
  });
}

async function forgetDatabases(): Promise<boolean> {
  const found = await indexedDB.databases();
  const ours = found.flatMap(({ name }) => (name !== undefined && OURS.test(name) ? [name] : []));
  const done = await Promise.all(ours.map(deleteDatabase));
  return done.every((isDone) => isDone);
}

/** The copies of pages go, and with them the worker that would answer from them. */
async function forgetPages(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  await (await navigator.serviceWorker.getRegistration())?.unregister();
  for (const name of await caches.keys()) if (OURS.test(name)) await caches.delete(name);
}

function forgetSettings(): void {
  for (const key of Object.keys(localStorage)) if (OURS.test(key)) localStorage.removeItem(key);
}

/** Returns whether everything is gone; false where the browser or another tab kept some of it. */
export async function forgetEverything(): Promise<boolean> {
  try {
    const areGone = await forgetDatabases();
    forgetSettings();
    await forgetPages();
    return areGone;
  } catch {
    return false;
  }
}
