/** Says of a value that it surely has a shape; false is no answer. */
export type PlainTest = (value: unknown) => boolean;

/** A text, of at least and at most so many UTF-16 code units. */
export function text(least = 0, most = Number.POSITIVE_INFINITY): PlainTest {
  return (value) => typeof value === 'string' && value.length >= least && value.length <= most;
}

/** A finite number from 0. */
export const isQuantity: PlainTest = (value) => Number.isFinite(value) && (value as number) >= 0;

/** A whole number from the least to the most. */
export function whole(least: number, most: number): PlainTest {
  return (value) =>
    Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most;
}

/** True or false. */
export const isFlag: PlainTest = (value) => typeof value === 'boolean';

/** One of a few texts. */
export function oneOf(values: readonly string[]): PlainTest {
  return (value) => (values as readonly unknown[]).includes(value);
}

/** A list, of at least so many, each of which passes. */
export function listOfAtLeast(least: number, test: PlainTest): PlainTest {
  return (value) => Array.isArray(value) && value.length >= least && value.every(test);
}

/** What passes at least one of several tests. */
export function either(...tests: readonly PlainTest[]): PlainTest {
  return (value) => tests.some((test) => test(value));
}

/** An object literal each of whose values passes. */
export function mapOf(test: PlainTest): PlainTest {
  return (value) => isLiteral(value) && Object.values(value).every(test);
}

/** An object literal with no other keys than those of the table, each of which passes. */
export function only(table: Readonly<Record<string, PlainTest>>): PlainTest {
  return (value) =>
    isLiteral(value) &&
    Object.keys(value).every((key) => Object.hasOwn(table, key) && table[key]?.(value[key]));
}

/** As `only`, with all keys of the first table; those of the second may be missing. */
export function exactly(
  required: Readonly<Record<string, PlainTest>>,
  optional: Readonly<Record<string, PlainTest>> = {},
): PlainTest {
  const isKnown = only({ ...required, ...optional });
  const keys = Object.keys(required);
  return (value) => isKnown(value) && keys.every((key) => Object.hasOwn(Object(value), key));
}

/** Null, or what passes. */
export function orNull(test: PlainTest): PlainTest {
  return (value) => value === null || test(value);
}

function isLiteral(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // jsonc-parser makes objects without one.
  const isOwn = prototype === null || prototype === Object.prototype;
  return isOwn && Object.getOwnPropertySymbols(value).length === 0;
}
