import type * as z from 'zod/mini';
import { suggestion } from '../format/suggest.ts';
import { type Path, type Problem, problem } from './problem.ts';
import { isReservedKey, notBuiltYet } from './reserved.ts';

type Issue = z.core.$ZodIssue;

/** Holds a value against a schema; every difference is a problem at its own path. */
export function shapeProblems(
  schema: z.ZodMiniType,
  value: unknown,
  path: Path,
  known: readonly string[],
): Problem[] {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return [];
  return result.error.issues.flatMap((issue) => fromIssue(issue, path, known));
}

function fromIssue(issue: Issue, base: Path, known: readonly string[]): Problem[] {
  const path = [...base, ...issue.path.map((part) => (typeof part === 'symbol' ? '' : part))];
  if (issue.code === 'unrecognized_keys') {
    const names = issue.path.length === 0 ? known : keysInside(issue.path);
    return issue.keys.map((key) => unknownKey([...path, key], key, names));
  }
  if (issue.code === 'invalid_union') return [problem(path, unionWords(issue), null)];
  return [problem(path, issueWords(issue))];
}

function unknownKey(path: Path, key: string, known: readonly string[]): Problem {
  // Promised where it will mean something: in a budget.
  const isPromised = path[0] === 'budgets' && isReservedKey(key);
  if (isPromised) return problem(path, notBuiltYet(key));
  return problem(path, `"${key}" is not a key here`, suggestion(key, known));
}

const LIMIT_KEYS = [
  'max',
  'min',
  'maxIncrease',
  'maxDecrease',
  'ignoreBelow',
  'severity',
  'message',
];
const NESTED: Readonly<Record<string, readonly string[]>> = {
  levels: ['gzip', 'brotli'],
  network: ['kbps', 'rtt'],
  baseline: ['branch', 'stores', 'build', 'buildTimeout'],
  waivers: ['budget', 'upTo', 'until', 'reason', 'by'],
  metrics: LIMIT_KEYS,
  defaults: [...LIMIT_KEYS, 'optional', 'encoding', 'each'],
};

function keysInside(path: readonly PropertyKey[]): readonly string[] {
  const owner = path.find((part) => typeof part === 'string' && Object.hasOwn(NESTED, part));
  return NESTED[String(owner)] ?? [];
}

/** Names what the union takes: numbers and strings, or the names of stores. */
function unionWords(issue: Extract<Issue, { code: 'invalid_union' }>): string {
  if (typeof issue.input === 'number') return `${issue.input} is not a number that a limit can be`;
  const takes = new Set(issue.errors.flat().flatMap(expectedWords));
  return `expected ${[...takes].join(' or ')}, got ${kindOf(issue.input)}`;
}

function expectedWords(issue: Issue): string[] {
  if (issue.code === 'invalid_union') return issue.errors.flat().flatMap(expectedWords);
  if (issue.code === 'invalid_value') return issue.values.map(show);
  if (issue.code === 'too_small') return ['a list that is not empty'];
  return issue.code === 'invalid_type' ? [article(issue.expected)] : [];
}

const WORDS: Readonly<Record<string, (issue: never) => string>> = {
  invalid_type: (issue: Extract<Issue, { code: 'invalid_type' }>) =>
    issue.input === undefined
      ? `is missing; expected ${article(issue.expected)}`
      : `expected ${article(issue.expected)}, got ${kindOf(issue.input)}`,
  invalid_value: (issue: Extract<Issue, { code: 'invalid_value' }>) =>
    issue.values.length === 1
      ? `expected ${show(issue.values[0])}, got ${kindOf(issue.input)}`
      : `${show(issue.input)} is not one of ${issue.values.map((value) => show(value)).join(', ')}`,
  too_small: (issue: Extract<Issue, { code: 'too_small' }>) =>
    issue.origin === 'string' || issue.origin === 'array'
      ? 'is empty'
      : `${show(issue.input)} is below ${issue.minimum}`,
  too_big: (issue: Extract<Issue, { code: 'too_big' }>) =>
    issue.origin === 'string'
      ? `is longer than ${issue.maximum} characters`
      : `${show(issue.input)} is above ${issue.maximum}`,
  invalid_format: (issue: Extract<Issue, { code: 'invalid_format' }>) =>
    `${show(issue.input)} does not look like a day written as "2026-03-01"`,
};

function issueWords(issue: Issue): string {
  const words = WORDS[issue.code];
  return words === undefined ? `is not valid (${issue.code})` : words(issue as never);
}

function article(kind: string): string {
  if (kind === 'int') return 'a whole number';
  if (kind === 'record') return 'an object';
  return /^[aeiou]/.test(kind) ? `an ${kind}` : `a ${kind}`;
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object') return 'an object';
  return show(value);
}

function show(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}
