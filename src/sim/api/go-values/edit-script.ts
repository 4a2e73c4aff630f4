// How two lists differ, as the server's differ finds it: a greedy search from both ends that meets in the middle, quick
// rather than shortest (google/go-cmp, internal/diff). The real one starts at either end by chance; this one at the front.

export type Edit = 'same' | 'removed' | 'inserted' | 'modified';

/** How much of two elements is the same. */
export interface Likeness {
  readonly same: number;
  readonly different: number;
}

type Compare = (x: number, y: number) => Likeness;

interface Point {
  x: number;
  y: number;
}

class Path {
  readonly edits: Edit[] = [];
  readonly step: 1 | -1;
  x: number;
  y: number;

  constructor(step: 1 | -1, at: Point) {
    this.step = step;
    this.x = at.x;
    this.y = at.y;
  }

  add(edit: Edit): void {
    this.edits.push(edit);
    if (edit !== 'inserted') this.x += this.step;
    if (edit !== 'removed') this.y += this.step;
  }

  /** Goes to a point by the edits that fit best on the way. */
  connect(to: Point, compare: Compare): void {
    const left = () => ({ x: (to.x - this.x) * this.step, y: (to.y - this.y) * this.step });
    const isForward = this.step > 0;
    for (let rest = left(); rest.x > 0 && rest.y > 0; rest = left()) {
      const { same, different } = isForward
        ? compare(this.x, this.y)
        : compare(this.x - 1, this.y - 1);
      if (different === 0) this.add('same');
      else if (same + 1 >= different) this.add('modified');
      else if (isForward) this.add(rest.x >= rest.y ? 'removed' : 'inserted');
      else this.add(rest.y >= rest.x ? 'inserted' : 'removed');
    }
    while (left().x > 0) this.add('removed');
    while (left().y > 0) this.add('inserted');
  }
}

/** 0, -1, 1, -2, 2 ... */
const zigzag = (index: number): number => (index % 2 === 0 ? index / 2 : -(index + 1) / 2);

class Search {
  readonly #compare: Compare;
  readonly #ahead: Path;
  readonly #behind: Path;
  readonly #front: Point = { x: 0, y: 0 };
  readonly #back: Point;
  #budget: number;

  constructor(sizeX: number, sizeY: number, compare: Compare) {
    this.#compare = compare;
    this.#ahead = new Path(1, { x: 0, y: 0 });
    this.#behind = new Path(-1, { x: sizeX, y: sizeY });
    this.#back = { x: sizeX, y: sizeY };
    this.#budget = 4 * (sizeX + sizeY);
  }

  run(): readonly Edit[] {
    while (!this.#isOver()) {
      this.#searchForward();
      if (this.#isOver()) break;
      this.#searchBackward();
    }
    this.#ahead.connect(this.#behind, this.#compare);
    return [...this.#ahead.edits, ...this.#behind.edits.reverse()];
  }

  #isOver(): boolean {
    const met = this.#front.x >= this.#back.x || this.#front.y >= this.#back.y;
    return met || this.#budget === 0;
  }

  #isEqual(x: number, y: number): boolean {
    return this.#compare(x, y).different === 0;
  }

  #searchForward(): void {
    const ahead = this.#ahead;
    const behind = this.#behind;
    const front = this.#front;
    const hit = this.#scan((z) => {
      const x = front.x + z;
      const y = front.y - z;
      if (x >= behind.x || y < ahead.y) return 'one side';
      if (y >= behind.y || x < ahead.x) return 'other side';
      return this.#isEqual(x, y) ? { x, y } : undefined;
    });
    if (hit !== undefined) {
      ahead.connect(hit, this.#compare);
      ahead.add('same');
      while (ahead.x < behind.x && ahead.y < behind.y && this.#isEqual(ahead.x, ahead.y)) {
        ahead.add('same');
      }
      front.x = ahead.x;
      front.y = ahead.y;
    }
    if (behind.x - front.x >= behind.y - front.y) front.x += 1;
    else front.y += 1;
  }

  #searchBackward(): void {
    const ahead = this.#ahead;
    const behind = this.#behind;
    const back = this.#back;
    const hit = this.#scan((z) => {
      const x = back.x - z;
      const y = back.y + z;
      if (ahead.x >= x || behind.y < y) return 'one side';
      if (ahead.y >= y || behind.x < x) return 'other side';
      return this.#isEqual(x - 1, y - 1) ? { x, y } : undefined;
    });
    if (hit !== undefined) {
      behind.connect(hit, this.#compare);
      behind.add('same');
      while (ahead.x < behind.x && ahead.y < behind.y) {
        if (!this.#isEqual(behind.x - 1, behind.y - 1)) break;
        behind.add('same');
      }
      back.x = behind.x;
      back.y = behind.y;
    }
    if (back.x - ahead.x >= back.y - ahead.y) back.x -= 1;
    else back.y -= 1;
  }

  /** Looks along a diagonal, to both sides in turn, until something fits or both sides end. */
  #scan(look: (z: number) => Point | 'one side' | 'other side' | undefined): Point | undefined {
    const ended = { 'one side': false, 'other side': false };
    for (let index = 0; this.#budget > 0; index += 1) {
      const found = look(zigzag(index));
      if (found === undefined) this.#budget -= 1;
      else if (typeof found === 'object') return found;
      else ended[found] = true;
      if (ended['one side'] && ended['other side']) return undefined;
    }
    return undefined;
  }
}

/** The edits that turn a list of `sizeX` elements into one of `sizeY`. */
export function editScript(sizeX: number, sizeY: number, compare: Compare): readonly Edit[] {
  return new Search(sizeX, sizeY, compare).run();
}
