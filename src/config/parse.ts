import {
  findNodeAtLocation,
  getNodeValue,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';
import { decodeText } from '../format/text.ts';
import { UserError } from '../model/errors.ts';
import type { Host } from '../model/host.ts';
import type { ConfigFile } from './find.ts';
import { type Path, type Problem, problem, showPath } from './problem.ts';
import { type Place, syntaxError } from './syntax-error.ts';

/** A budgets file as a plain value, with a way back from a JSON path to a place in its text. */
export interface ParsedConfig {
  readonly file: string;
  readonly folder: string;
  readonly value: unknown;
  /** `:12:5`, or empty for configs that are code. */
  locate(path: Path): string;
  /** 1-based line; null for configs that are code. */
  line(path: Path): number | null;
  showPath(path: Path): string;
  /** What is wrong with the text although it is JSON. */
  readonly problems: readonly Problem[];
}

export async function parseFile(file: ConfigFile, host: Host): Promise<ParsedConfig> {
  if (isCode(file)) return parseModule(file, host);
  const bytes = await host.read(file.path);
  if (bytes === null) throw new UserError('no-config', `${file.shown} cannot be read.`);
  // Editors on Windows still write a byte order mark; it carries no meaning in a config.
  const text = decodeText(bytes, file.shown).replace(/^\uFEFF/, '');
  return parseJson(text, file);
}

/** A config that is a module must be run to be read. */
export function isCode({ path }: ConfigFile): boolean {
  return /\.[cm]?[jt]s$/.test(path);
}

async function parseModule(file: ConfigFile, host: Host): Promise<ParsedConfig> {
  const value = await host.importDefault(file.path);
  return {
    file: file.shown,
    folder: file.folder,
    value,
    locate: () => '',
    line: () => null,
    showPath,
    problems: [],
  };
}

function parseJson(text: string, file: ConfigFile): ParsedConfig {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const lines = lineStarts(text);
  if (errors.length > 0 || root === undefined) {
    const faults = errors.map(({ error, offset }) => ({
      offset,
      code: printParseErrorCode(error),
    }));
    throw syntaxError(file.shown, text, faults, (offset) => place(lines, offset));
  }
  const prefix: Path = file.key === null ? [] : [file.key];
  const offset = (path: Path) => offsetOf(root, [...prefix, ...path]);
  return {
    file: file.shown,
    folder: file.folder,
    value: valueAt(root, prefix),
    locate: (path) => {
      const at = place(lines, offset(path));
      return `:${at.line}:${at.column}`;
    },
    line: (path) => place(lines, offset(path)).line,
    showPath: (path) => showPath([...prefix, ...path]),
    problems: duplicateKeys(findNodeAtLocation(root, [...prefix]) ?? root, []),
  };
}

function valueAt(root: Node, prefix: Path): unknown {
  const node = findNodeAtLocation(root, [...prefix]);
  return node === undefined ? undefined : getNodeValue(node);
}

/** JSON takes the last of two equal keys: after a botched merge that is a limit nobody chose. */
function duplicateKeys(node: Node, path: Path): Problem[] {
  const children = node.children ?? [];
  if (node.type === 'array') {
    return children.flatMap((child, index) => duplicateKeys(child, [...path, index]));
  }
  const seen = new Set<string>();
  return children.flatMap((property) => {
    const [key, value] = property.children ?? [];
    const name = String(key?.value);
    const at = [...path, name];
    const twice = seen.has(name) ? [problem(at, 'stands here twice', 'Keep one of them.')] : [];
    seen.add(name);
    return value === undefined ? twice : [...twice, ...duplicateKeys(value, at)];
  });
}

/** The key where there is one, as that is what a reader looks for; else the nearest parent. */
function offsetOf(root: Node, path: Path): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node = findNodeAtLocation(root, path.slice(0, length));
    if (node === undefined) continue;
    return node.parent?.type === 'property' ? node.parent.offset : node.offset;
  }
  return root.offset;
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function place(starts: readonly number[], offset: number): Place {
  const line = Math.max(
    0,
    starts.findLastIndex((start) => start <= offset),
  );
  return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 };
}
