// The cluster: as a picture drawn for the pane's width, or as the tree that says the same.
import { panes as words } from '../../../content/strings/en.json';
import type { ClusterView } from '#lab/view/types.ts';
import { el, key } from './elements.ts';
import { drawCluster } from './picture/draw.ts';
import { clusterTree } from './picture/tree.ts';

type Kind = 'picture' | 'tree';

const inset = 24;

export class PicturePane {
  readonly #canvas = el('div', { class: 'canvas' });
  readonly #keys: Readonly<Record<Kind, HTMLButtonElement>>;
  #kind: Kind = 'picture';
  #cluster: ClusterView | undefined;
  #nowMs = 0;
  #shown = '';

  constructor(area: HTMLElement) {
    this.#keys = {
      picture: key(words.picture, () => this.#choose('picture')),
      tree: key(words.tree, () => this.#choose('tree')),
    };
    const choice = el(
      'span',
      { class: 'keys', role: 'group', 'aria-label': words.pictureKind },
      this.#keys.picture,
      this.#keys.tree,
    );
    area.append(el('div', { class: 'pane-bar' }, choice), this.#canvas);
    new ResizeObserver(() => this.#render(true)).observe(this.#canvas);
    this.#press();
  }

  #press(): void {
    for (const kind of ['picture', 'tree'] as const) {
      this.#keys[kind].setAttribute('aria-pressed', String(kind === this.#kind));
    }
  }

  #choose(kind: Kind): void {
    this.#kind = kind;
    this.#press();
    this.#render(true);
  }

  update(cluster: ClusterView, nowMs: number): void {
    this.#cluster = cluster;
    this.#nowMs = nowMs;
    this.#render(false);
  }

  /** Drawn anew only when something in it is another, once a second for ages. */
  #render(always: boolean): void {
    const cluster = this.#cluster;
    if (cluster === undefined) return;
    const width = Math.floor(this.#canvas.clientWidth - inset);
    if (width < 100 && this.#kind === 'picture') return;
    const seconds = Math.floor(this.#nowMs / 1000);
    const facts = JSON.stringify([cluster, seconds, width, this.#kind]);
    if (!always && facts === this.#shown) return;
    this.#shown = facts;
    const drawn =
      this.#kind === 'tree'
        ? clusterTree(cluster, this.#nowMs)
        : drawCluster(cluster, width, this.#nowMs, words.picture);
    this.#canvas.replaceChildren(drawn);
  }
}
