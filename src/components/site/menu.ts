// The menu of a narrow window where the browser does not yet open dialogs by `command`.

/** Makes `command="show-modal"` and `command="close"` work everywhere. */
export function startMenu(): void {
  const menu = document.querySelector<HTMLDialogElement>('dialog#menu');
  if (!menu || menu.dataset.works !== undefined) return;
  menu.dataset.works = '';
  if (!('command' in HTMLButtonElement.prototype)) {
    for (const button of document.querySelectorAll('button[commandfor="menu"]')) {
      const opens = button.getAttribute('command') === 'show-modal';
      button.addEventListener('click', () => (opens ? menu.showModal() : menu.close()));
    }
  }
  // A link to a part of this page leaves the menu, and so does a click beside it.
  menu.addEventListener('click', (event) => {
    const inside = event.target instanceof Element ? event.target : null;
    if (inside === menu || inside?.closest('a[href*="#"]')) menu.close();
  });
}
