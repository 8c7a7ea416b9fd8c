import { suggestion } from '../format/suggest.ts';
import { sources } from '../sources/index.ts';
import type { Source } from '../sources/source.ts';
import type { Written } from './limits.ts';
import { type Path, type Problem, problem } from './problem.ts';
import { isReservedSubject, notBuiltYet } from './reserved.ts';
import type { Shapes } from './shapes.ts';

/** The one source that an entry names as its subject, or what is wrong with what it names. */
export function subjectOf(written: Written, path: Path, shapes: Shapes | null): Source | Problem {
  const subjects = Object.keys(sources);
  const reserved = Object.keys(written).find(isReservedSubject);
  if (reserved !== undefined && written[reserved] !== undefined) {
    return problem([...path, reserved], notBuiltYet(reserved), `Subjects: ${subjects.join(', ')}.`);
  }
  const [first, second] = subjects.filter((subject) => written[subject] !== undefined);
  const source = first === undefined ? undefined : sources[first];
  if (source === undefined) return noSubject(written, path, subjects, shapes);
  if (second === undefined) return source;
  return problem(
    [...path, second],
    `has two subjects: ${first} and ${second}`,
    'Make two budgets.',
  );
}

function noSubject(
  written: Written,
  path: Path,
  subjects: readonly string[],
  shapes: Shapes | null,
): Problem {
  const isSlip = (key: string) => !shapes?.isCommonKey(key) && suggestsSubject(key, subjects);
  const slip = Object.keys(written).find(isSlip);
  return slip === undefined
    ? problem(path, 'has no subject', `Give one of ${subjects.join(', ')}.`)
    : problem([...path, slip], `"${slip}" is not a key here`, suggestion(slip, subjects));
}

function suggestsSubject(key: string, subjects: readonly string[]): boolean {
  return suggestion(key, subjects).startsWith('Did');
}
