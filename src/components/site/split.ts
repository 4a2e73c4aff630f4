// The handle between text and lab: dragged, moved by arrow keys, remembered.

const STORED_AT = 'podlab:lab-share';
const STEP_SHARE = 0.02;

/** Makes the handle of the lesson work. The widths themselves are kept in bounds by lab-frame.css. */
export function startSplit(): void {
  const handle = document.querySelector<HTMLElement>('[data-split-handle]');
  const lab = handle?.closest<HTMLElement>('.lab');
  if (!handle || !lab || handle.dataset.works !== undefined) return;
  handle.dataset.works = '';
  const share = () => lab.getBoundingClientRect().width / innerWidth;
  const tell = () => {
    handle.setAttribute('aria-valuenow', String(Math.round((1 - share()) * 100)));
  };
  const set = (wanted: number) => {
    document.documentElement.style.setProperty('--lab-chosen', `${wanted * 100}vw`);
    tell();
  };
  const reset = () => {
    document.documentElement.style.removeProperty('--lab-chosen');
    keep(undefined);
    tell();
  };
  const moves: Readonly<Record<string, () => number>> = {
    ArrowLeft: () => share() + STEP_SHARE,
    ArrowRight: () => share() - STEP_SHARE,
    Home: () => 0.99,
    End: () => 0.01,
  };
  handle.addEventListener('keydown', (event) => {
    const move = moves[event.key];
    if (event.key === 'Enter') reset();
    else if (move) set(move());
    else return;
    event.preventDefault();
    if (move) keep(share());
  });
  handle.addEventListener('dblclick', reset);
  handle.addEventListener('pointerdown', (event) => {
    handle.setPointerCapture(event.pointerId);
    handle.dataset.dragging = '';
  });
  handle.addEventListener('pointermove', (event) => {
    if (handle.dataset.dragging !== undefined) set((innerWidth - event.clientX) / innerWidth);
  });
  const release = () => {
    if (handle.dataset.dragging === undefined) return;
    delete handle.dataset.dragging;
    keep(share());
  };
  handle.addEventListener('pointerup', release);
  handle.addEventListener('pointercancel', release);
  addEventListener('resize', tell);
  tell();
}

function keep(share: number | undefined): void {
  try {
    if (share === undefined) localStorage.removeItem(STORED_AT);
    else localStorage.setItem(STORED_AT, share.toFixed(4));
  } catch {
    // Without storage the width holds for this page.
  }
}
