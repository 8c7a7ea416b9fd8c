/** Values that a sketch keeps at most: an estimate of likeness is off by 6 points (one sigma). */
const MOST = 64;
/** Bytes of a value: 24 bits of a hash, of which two files share one in a thousand by chance. */
const VALUE = 3;
/** Shorter words are what minifiers call variables: they say nothing, and change with any edit. */
const SHORTEST_WORD = 5;
/** Longer runs are data: a hash, an inlined image. */
const LONGEST_WORD = 64;
/** Fewer different words tell nothing of a file. */
const FEWEST = 8;

/**
 * What a script or a stylesheet is about, small enough to travel with a snapshot: the smallest
 * hashes of the different words in it (a bottom-k sketch: Broder, 1997, "On the resemblance and
 * containment of documents"), as base64. Names of properties, strings and selectors are words that
 * outlive minifying. Null for what has hardly any.
 */
export function sketchOf(data: Uint8Array): string | null {
  const smallest = new Smallest();
  const end = data.length;
  let at = 0;
  while (at < end) {
    const start = at;
    let hash = BASIS;
    for (; at < end && WORD[data[at] as number] === 1; at += 1) {
      hash = Math.imul(hash ^ (data[at] as number), PRIME);
    }
    if (isWordLength(at - start)) smallest.add(mixed(hash));
    at += 1;
  }
  const { values, isAll } = smallest.result();
  return values.length < FEWEST ? null : encode(values) + (isAll ? ALL : '');
}

function isWordLength(length: number): boolean {
  return length >= SHORTEST_WORD && length <= LONGEST_WORD;
}

/** What a sketch knows of a file's words. */
export interface Words {
  /** Hashes of words, in order. */
  readonly values: Uint32Array;
  /** The largest hash up to which all words are known. */
  readonly known: number;
}

/** The words of a sketch; null for a text that is none. */
export function readSketch(sketch: string): Words | null {
  if (!SHAPE.test(sketch)) return null;
  const isAll = sketch.endsWith(ALL);
  const bytes = atob(isAll ? sketch.slice(0, -1) : sketch);
  const values = new Uint32Array(bytes.length / VALUE);
  for (let at = 0; at < values.length; at += 1) values[at] = valueAt(bytes, at * VALUE);
  const isInOrder = values.every((value, at) => at === 0 || value > (values[at - 1] as number));
  const known = isAll ? Number.POSITIVE_INFINITY : (values.at(-1) as number);
  return isInOrder ? { values, known } : null;
}

function valueAt(bytes: string, at: number): number {
  const [high, middle, low] = [0, 1, 2].map((offset) => bytes.charCodeAt(at + offset));
  return ((high as number) << 16) | ((middle as number) << 8) | (low as number);
}

/** A sketch of fewer values: the smallest ones, which say the same less surely. */
export function shortened(sketch: string, values: number): string {
  const most = Math.max(FEWEST, values) * CHARACTERS;
  return sketch.length <= most + ALL.length ? sketch : sketch.slice(0, most);
}

/** Of base64, for each value: three bytes, so that there is no padding. */
const CHARACTERS = 4;
/** Ends a sketch that knows all words of its file. */
const ALL = '.';
const SHAPE = new RegExp(`^(?:[A-Za-z0-9+/]{${CHARACTERS}}){${FEWEST},${MOST}}\\.?$`);

/** FNV-1a, 32 bits. */
const BASIS = 0x811c9dc5;
const PRIME = 0x01000193;

/** The last steps of MurmurHash3, without which words alike have hashes alike; the upper 24 bits. */
function mixed(hash: number): number {
  let value = hash ^ (hash >>> 16);
  value = Math.imul(value, 0x85ebca6b);
  value ^= value >>> 13;
  value = Math.imul(value, 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 8;
}

const WORD = new Uint8Array(256);
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_$') {
  WORD[character.charCodeAt(0)] = 1;
}

/** The smallest of many values, each once. */
class Smallest {
  /** Sorted whenever it is full: most values of a long file are too large to come in at all. */
  #kept = new Set<number>();
  #limit = Number.POSITIVE_INFINITY;

  add(value: number): void {
    if (value >= this.#limit) return;
    this.#kept.add(value);
    if (this.#kept.size >= 4 * MOST) this.#cut();
  }

  #cut(): void {
    const sorted = [...this.#kept].sort((left, right) => left - right);
    this.#kept = new Set(sorted.slice(0, MOST));
    if (sorted.length > MOST) this.#limit = sorted[MOST - 1] as number;
  }

  result(): { readonly values: readonly number[]; readonly isAll: boolean } {
    const isAll = this.#kept.size <= MOST && this.#limit === Number.POSITIVE_INFINITY;
    const sorted = [...this.#kept].sort((left, right) => left - right);
    return { values: sorted.slice(0, MOST), isAll };
  }
}

function encode(values: readonly number[]): string {
  const bytes = values.flatMap((value) => [value >>> 16, (value >>> 8) & 0xff, value & 0xff]);
  return btoa(String.fromCharCode(...bytes));
}
