import { tidy } from '../core/statistics.ts';
import { isMisread, parseQuantity, unitWords } from '../format/units.ts';
import type { Amount, Limits, Percent } from '../model/budget.ts';
import type { Direction, Unit } from '../model/metric.ts';
import { type Path, type Problem, problem } from './problem.ts';

/** What is known of a metric before its report is read; null where only the report says it. */
export interface LimitContext {
  readonly unit: Unit | null;
  readonly better: Direction | null;
}

export type Written = Readonly<Record<string, unknown>>;

export interface ReadLimits {
  readonly limits: Limits;
  readonly ignoreBelow: Amount | null;
  readonly problems: readonly Problem[];
}

/** Reads the limits of a budget entry whose shape is right already. */
export function readLimits(written: Written, path: Path, context: LimitContext): ReadLimits {
  const problems: Problem[] = [...directionProblems(written, path, context)];
  const absolute = (key: string): Amount | undefined => {
    if (written[key] === undefined) return undefined;
    return keep(readAmount(written[key], [...path, key], context.unit), problems);
  };
  const relative = (key: string): (Amount | Percent)[] | undefined =>
    written[key] === undefined
      ? undefined
      : readRelative(written[key], [...path, key], context.unit, problems);
  const limits: Limits = {
    max: absolute('max'),
    min: absolute('min'),
    maxIncrease: relative('maxIncrease'),
    maxDecrease: relative('maxDecrease'),
  };
  return { limits, ignoreBelow: absolute('ignoreBelow') ?? null, problems };
}

/** Reads one amount: a number in the metric's unit, or a string with a unit. */
export function readAmount(value: unknown, path: Path, unit: Unit | null): Amount | Problem {
  if (typeof value === 'number') return readNumber(value, path, unit);
  const text = String(value);
  const parsed = parseQuantity(text, unit);
  if (isMisread(parsed)) return problem(path, parsed.problem, parsed.hint);
  return inUnitRange(parsed.value, path, parsed.unit, text);
}

function readNumber(value: number, path: Path, unit: Unit | null): Amount | Problem {
  if (!Number.isFinite(value) || value < 0) {
    return problem(path, `${value} is not a limit`, 'Limits are finite and start at 0.');
  }
  return inUnitRange(value, path, unit, String(value));
}

function inUnitRange(value: number, path: Path, unit: Unit | null, text: string): Amount | Problem {
  if ((unit === 'ratio' || unit === 'score') && value > 1) {
    return problem(
      path,
      `${text} is outside 0 to 1, which ${unitWords(unit)} is measured in`,
      value <= 100 && !text.includes('%') ? `Write ${tidy(value / 100)}.` : 'Write at most 1.',
    );
  }
  return { value, unit, text };
}

function readRelative(
  value: unknown,
  path: Path,
  unit: Unit | null,
  problems: Problem[],
): (Amount | Percent)[] {
  const single = !Array.isArray(value);
  const list: unknown[] = single ? [value] : value;
  return list.flatMap((item, index) => {
    const at = single ? path : [...path, index];
    const limit = keep(readOneRelative(item, at, unit), problems);
    return limit === undefined ? [] : [limit];
  });
}

function readOneRelative(
  value: unknown,
  path: Path,
  unit: Unit | null,
): Amount | Percent | Problem {
  const percent = typeof value === 'string' ? /^(\d+(?:\.\d+)?) ?%$/.exec(value)?.[1] : undefined;
  if (percent !== undefined) return { percent: Number(percent), text: String(value) };
  return readAmount(value, path, unit);
}

/** A limit on growth of what should grow is a slip of the pen: say which one is meant. */
function directionProblems(written: Written, path: Path, { better }: LimitContext): Problem[] {
  const slips: readonly (readonly [string, string, Direction])[] = [
    ['maxIncrease', 'maxDecrease', 'higher'],
    ['maxDecrease', 'maxIncrease', 'lower'],
  ];
  return slips
    .filter(([key, , direction]) => written[key] !== undefined && better === direction)
    .map(([key, other, direction]) =>
      problem(
        [...path, key],
        `${direction} is better for this metric, so ${key === 'maxIncrease' ? 'an increase' : 'a decrease'} is never worse`,
        `Use ${other}.`,
      ),
    );
}

function keep<Value extends object>(
  result: Value | Problem,
  problems: Problem[],
): Value | undefined {
  if ('what' in result) {
    problems.push(result);
    return undefined;
  }
  return result;
}
