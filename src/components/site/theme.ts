// System, light or dark: applies and keeps the reader's choice. public/theme.js reads it.

type Theme = 'system' | 'light' | 'dark';

const root = document.documentElement;
let isStarted = false;

function current(): Theme {
  const chosen = root.dataset.theme;
  return chosen === 'light' || chosen === 'dark' ? chosen : 'system';
}

function choose(theme: Theme): void {
  if (theme === 'system') delete root.dataset.theme;
  else root.dataset.theme = theme;
  try {
    if (theme === 'system') localStorage.removeItem('podlab:theme');
    else localStorage.setItem('podlab:theme', theme);
  } catch {
    // Without storage the choice holds for this page.
  }
  showChoice();
}

function showChoice(): void {
  for (const button of document.querySelectorAll<HTMLElement>('[data-theme-choice]')) {
    button.setAttribute('aria-pressed', String(button.dataset.themeChoice === current()));
  }
}

function isDark(): boolean {
  if (current() !== 'system') return current() === 'dark';
  return matchMedia('(prefers-color-scheme: dark)').matches;
}

/** Makes the theme buttons of the page work. */
export function startTheme(): void {
  if (isStarted) return;
  isStarted = true;
  showChoice();
  document.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest('button') : null;
    if (!button) return;
    const { themeChoice } = button.dataset;
    if (themeChoice !== undefined) choose(themeChoice as Theme);
    else if (button.dataset.themeSwitch !== undefined) choose(isDark() ? 'light' : 'dark');
  });
  window.addEventListener('storage', (event) => {
    if (event.key !== 'podlab:theme') return;
    if (event.newValue === null) delete root.dataset.theme;
    else root.dataset.theme = event.newValue;
    showChoice();
  });
}
