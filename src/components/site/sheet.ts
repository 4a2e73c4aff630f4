// On a narrow window the lab is a sheet at the foot of the page, of three heights, with a tab for
// each of its parts.
import { sheet as words } from '../../../content/strings/en.json';
import { announce, listen, type LessonEvents } from './lesson-events.ts';
import { fill } from './words.ts';

type Height = 'peek' | 'half' | 'full';
type Part = LessonEvents['podlab:show']['part'];

const heights: readonly Height[] = ['peek', 'half', 'full'];
/** A finger that moves less than this has tapped. */
const TAP_PX = 8;
const narrow = matchMedia('(max-width: 60rem)');

export function startSheet(): void {
  const panel = document.querySelector<HTMLElement>('.lab');
  const grip = panel?.querySelector<HTMLElement>('[data-sheet-grip]');
  const tabs = panel?.querySelector<HTMLElement>('[data-sheet-tabs]');
  if (!panel || !grip || !tabs || grip.dataset.works !== undefined) return;
  grip.dataset.works = '';
  new Sheet(panel, grip, tabs).start();
}

class Sheet {
  private readonly panel: HTMLElement;
  private readonly grip: HTMLElement;
  private readonly tabs: readonly HTMLElement[];

  constructor(panel: HTMLElement, grip: HTMLElement, tabs: HTMLElement) {
    this.panel = panel;
    this.grip = grip;
    this.tabs = [...tabs.querySelectorAll<HTMLElement>('[role="tab"]')];
  }

  start(): void {
    this.listenToGrip();
    for (const tab of this.tabs) {
      tab.addEventListener('click', () => this.show(tab.dataset.tab as Part));
      tab.addEventListener('keydown', (event) => this.moveAlongTabs(event));
    }
    this.showTabs();
    listen('podlab:run', () => this.show('terminal'));
    listen('podlab:show', ({ part }) => this.show(part));
    listen('podlab:goals', ({ goals }) => this.showGoals(goals));
    this.panel.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && narrow.matches && !event.defaultPrevented) this.set('peek');
    });
    narrow.addEventListener('change', () => this.tell());
    this.tell();
  }

  private get height(): Height {
    return this.panel.dataset.sheet as Height;
  }

  private set(height: Height): void {
    this.panel.dataset.sheet = height;
    this.grip.setAttribute('aria-expanded', String(height !== 'peek'));
    this.tell();
  }

  private tell(): void {
    announce('podlab:sheet', { height: narrow.matches ? this.height : 'beside' }, this.panel);
  }

  private show(part: Part): void {
    this.panel.dataset.tab = part;
    this.showTabs();
    if (this.height === 'peek') this.set('half');
  }

  private showTabs(): void {
    for (const tab of this.tabs) {
      const isShown = tab.dataset.tab === this.panel.dataset.tab;
      tab.setAttribute('aria-selected', String(isShown));
      tab.tabIndex = isShown ? 0 : -1;
    }
  }

  private moveAlongTabs(event: KeyboardEvent): void {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (by === 0) return;
    const at = this.tabs.findIndex((tab) => tab === event.currentTarget);
    const next = this.tabs[(at + by + this.tabs.length) % this.tabs.length];
    event.preventDefault();
    next?.focus();
    next?.click();
  }

  /** A tap takes the next height, a drag the nearest to where it ends. */
  private listenToGrip(): void {
    let startY = 0;
    let isDragged = false;
    this.grip.addEventListener('pointerdown', (event) => {
      startY = event.clientY;
      isDragged = false;
      this.grip.setPointerCapture(event.pointerId);
    });
    this.grip.addEventListener('pointermove', (event) => {
      if (this.grip.hasPointerCapture(event.pointerId)) {
        isDragged ||= Math.abs(event.clientY - startY) > TAP_PX;
      }
    });
    this.grip.addEventListener('pointerup', (event) => {
      if (!isDragged) return;
      const covered = 1 - event.clientY / innerHeight;
      this.set(covered < 0.35 ? 'peek' : covered < 0.75 ? 'half' : 'full');
    });
    this.grip.addEventListener('click', () => {
      if (isDragged) isDragged = false;
      else this.set(heights[(heights.indexOf(this.height) + 1) % heights.length] ?? 'peek');
    });
  }

  private showGoals(goals: LessonEvents['podlab:goals']['goals']): void {
    const current = goals.find((goal) => goal.state === 'current');
    const write = (name: string, words: string | undefined) => {
      const place = this.grip.querySelector(`[data-sheet-${name}]`);
      if (place && words !== undefined) place.textContent = words;
    };
    const at = goals.findIndex((goal) => goal.state === 'current') + 1;
    const form = at === 0 ? words.done : words.at;
    write('at', fill(form, { goal: at, of: goals.length }));
    write('goal', current?.say ?? words.title);
    write('left', current?.remaining ?? '');
  }
}
