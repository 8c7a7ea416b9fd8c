import { byteText } from './byte-text.ts';
import type { ChunkHead } from './chunk-head.ts';
import { scanScript } from './script-scan.ts';
import { type IdPlace, referenceAt, startReferences } from './webpack-references.ts';

/** A stretch of a chunk: a module, or what stands around them all. */
export interface ChunkPart {
  readonly start: number;
  readonly end: number;
  /** What the chunk calls the module; null for what is none, or has a name instead of a number. */
  readonly key: IdPlace | null;
  readonly references: readonly IdPlace[];
}

/** What stands where in a chunk of webpack or rspack. */
export interface ChunkOutline {
  readonly modules: readonly ChunkPart[];
  /** All before the first module, and all after the last. */
  readonly frame: readonly [ChunkPart, ChunkPart];
}

/** Bytes after the modules in which the runtime's first function stands. */
const RUNTIME = 600;
/** Bytes after the modules in which the start of a chunk stands. */
const START = 2_048;
/** Bytes of a module in which its parameters stand. */
const MODULE_HEAD = 120;

/**
 * What is read of one chunk at most, each far above what a build has: a file that looks like a
 * chunk and is none, or was made to take time, is left as it is.
 */
const MOST_MODULES = 50_000;
/** Parts that are no module with a number. */
const MOST_OTHERS = 1_000;
const MOST_REFERENCES = 250_000;

/** `function n(r){const l=t[r];`: what the start of a build calls `__webpack_require__`. */
const REQUIRE = /function ([\w$]+)\(([\w$]+)\)\{(?:var|let|const) [\w$]+=[\w$]+\[\2\]/;
/** `856:(e,t,n)=>{`, `856:function(e,t,n){`, `856(e,t,n){`; a number may be written `5e3`. */
const MODULE = /^(\d+(?:e\d+)?)(?::\(?(?:function)?)?(?:\(([^()]*)\)|[\w$]+=>)/;

const OPEN_ROUND = 40;
const COMMA = 44;
const CLOSE_CURLY = 125;

/**
 * Where the modules of a chunk stand, and the numbers by which its bundler calls them and others.
 * Null for a chunk that cannot be followed to the end of its modules, or has far too many.
 */
export function chunkOutline(
  data: Uint8Array,
  { ids, firstModule }: ChunkHead,
): ChunkOutline | null {
  const read = modulesOf(data, firstModule, ids !== null);
  if (read === null) return null;
  const before = { start: 0, end: firstModule, key: null, references: [] };
  return { modules: read.modules, frame: [before, read.rest] };
}

interface Read {
  readonly modules: readonly ChunkPart[];
  readonly rest: ChunkPart;
}

/** Null where the text is not what it seemed to be. */
function modulesOf(data: Uint8Array, first: number, isAdded: boolean): Read | null {
  const reader = new ModuleReader(data, first, isAdded);
  const isScript = scanScript(data, (at, depth) => reader.see(at, depth));
  return isScript && reader.rest !== null ? { modules: reader.modules, rest: reader.rest } : null;
}

class ModuleReader {
  readonly modules: ChunkPart[] = [];
  rest: Part | null = null;
  readonly #data: Uint8Array;
  readonly #first: number;
  readonly #isAdded: boolean;
  #depth = 0;
  #module: Part;
  #others = 0;
  #references = 0;

  constructor(data: Uint8Array, first: number, isAdded: boolean) {
    this.#data = data;
    this.#first = first;
    this.#isAdded = isAdded;
    this.#module = moduleAt(data, first);
  }

  see(at: number, depth: number): boolean {
    if (at >= this.#first) {
      return this.rest === null
        ? this.#seeModule(at, depth - this.#depth)
        : this.#refer(this.rest, at);
    }
    this.#depth = depth;
    return true;
  }

  /** @param depth 0 for the bracket around all modules, 1 for what is between two of them */
  #seeModule(at: number, depth: number): boolean {
    const byte = this.#data[at];
    if (byte === COMMA && depth === 1) return this.#next(at);
    if (byte === CLOSE_CURLY && depth === 0) return this.#finish(at);
    return this.#refer(this.#module, at);
  }

  #next(at: number): boolean {
    this.modules.push({ ...this.#module, end: at });
    if (this.#module.key === null) this.#others += 1;
    this.#module = moduleAt(this.#data, at + 1);
    const isTooMuch = this.modules.length >= MOST_MODULES || this.#others >= MOST_OTHERS;
    return isTooMuch ? this.#giveUp() : true;
  }

  #refer(part: Part, at: number): boolean {
    if (part.require === null || this.#data[at] !== OPEN_ROUND) return true;
    const found = referenceAt(this.#data, at, part.require);
    if (found === null) return true;
    part.references.push(found);
    this.#references += 1;
    return this.#references >= MOST_REFERENCES ? this.#giveUp() : true;
  }

  #giveUp(): false {
    this.rest = null;
    return false;
  }

  #finish(at: number): boolean {
    if (at > this.#module.start) this.modules.push({ ...this.#module, end: at });
    this.rest = this.#isAdded ? startAt(this.#data, at) : runtimeAt(this.#data, at);
    return !this.#isAdded;
  }
}

/** A part that is being read. */
interface Part extends ChunkPart {
  readonly references: IdPlace[];
  /** What it calls the runtime; null where it does not. */
  readonly require: string | null;
}

function moduleAt(data: Uint8Array, start: number): Part {
  const head = MODULE.exec(byteText(data, start, start + MODULE_HEAD));
  const [, digits = '', parameters = ''] = head ?? [];
  const end = start + digits.length;
  const key = { start, end, id: Number(digits), of: 'module' as const };
  const require = parameters.split(',')[2] ?? null;
  return { start, end, key: head === null ? null : key, references: [], require };
}

/** What a chunk that is added to others starts by itself: all of it is the bundler's own. */
function startAt(data: Uint8Array, start: number): Part {
  const [code = ''] = byteText(data, start, start + START).split('\n');
  const references = startReferences(code, start);
  return { start, end: data.length, key: null, references, require: null };
}

/** The runtime, and what it starts. */
function runtimeAt(data: Uint8Array, start: number): Part {
  const found = REQUIRE.exec(byteText(data, start, start + RUNTIME));
  return { start, end: data.length, key: null, references: [], require: found?.[1] ?? null };
}
