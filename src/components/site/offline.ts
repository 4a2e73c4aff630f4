// Asks the browser to keep the course on the device, once the page has loaded. Inside a frame of
// a learning platform it is the platform's to keep.
import { rootUrl } from './root-url.ts';

export function startOffline(): void {
  const isFramed = window.top !== window;
  if (!import.meta.env.PROD || isFramed || !('serviceWorker' in navigator)) return;
  const register = async () => {
    try {
      await navigator.serviceWorker.register(rootUrl('sw.js'));
    } catch {
      // A private window or a plain http host: the course then needs its network.
    }
  };
  if (document.readyState === 'complete') void register();
  else window.addEventListener('load', () => void register());
}
