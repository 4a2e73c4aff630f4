// Scripts that come when they are needed: a part of the page fetches its script when the reader
// points at it, focuses it or presses it. A press that comes before the script is repeated after.

/** Runs `load` once, at the reader's first move towards the element. */
export function whenTouched(element: Element | null, load: () => Promise<unknown>): void {
  if (!element) return;
  let isLoaded = false;
  let loading: Promise<void> | undefined;
  const start = () =>
    (loading ??= load().then(() => {
      isLoaded = true;
    }));
  for (const type of ['pointerenter', 'pointerdown', 'focusin']) {
    element.addEventListener(type, () => void start(), { once: true });
  }
  const press = (event: Event) => {
    if (isLoaded) return;
    event.stopPropagation();
    event.preventDefault();
    void start().then(() => (event.target as HTMLElement).click());
  };
  element.addEventListener('click', press, { capture: true });
}
