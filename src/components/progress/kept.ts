// A word outside the database that something is kept in it, so that a page without progress never
// fetches the code that reads it; and by its change the other tabs hear of news.

const KEY = 'podlab:progress';
const CHANGED = 'podlab:progress-changed';

/** Whether this browser has ever kept progress here. */
export function isKept(): boolean {
  try {
    return localStorage.getItem(KEY) !== null;
  } catch {
    return false;
  }
}

/** Tells this tab and the others that the progress is another now. */
export function tellChange(isEmpty: boolean): void {
  try {
    if (isEmpty) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, String(Date.now()));
  } catch {
    // Storage is forbidden: there is no other tab to tell.
  }
  document.dispatchEvent(new Event(CHANGED));
}

/** Calls back after each change in this or another tab; returns what ends that. */
export function onChange(changed: () => void): () => void {
  const fromOther = ({ key }: StorageEvent) => {
    if (key === KEY || key === null) changed();
  };
  addEventListener('storage', fromOther);
  document.addEventListener(CHANGED, changed);
  return () => {
    removeEventListener('storage', fromOther);
    document.removeEventListener(CHANGED, changed);
  };
}
