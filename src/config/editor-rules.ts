import { groupBy } from '../core/group-by.ts';
import { jsonSchemaIf } from '../core/json-schema-if.ts';
import { amountPattern, PERCENT_PATTERN } from '../format/amount-pattern.ts';
import type { Direction, Unit } from '../model/metric.ts';
import { isOpen, isRefusal, type Source } from '../sources/source.ts';

// Nothing here validates: the reader has these rules, in words of its own. Editors have the schema alone.

/** A part of a JSON Schema. */
export type Rules = Readonly<Record<string, unknown>>;

const LIMITS = ['max', 'min', 'maxIncrease', 'maxDecrease'] as const;

/** A waiver ends. */
export const WAIVER_RULES: Rules = anyOf('upTo', 'until');

/** Something to do, and a limit for each budget where `defaults` has none for it. */
export function fileRules(): Rules {
  const toDo = [
    { required: ['track'] },
    { required: ['budgets'], properties: { budgets: { minItems: 1 } } },
  ];
  const limited = {
    ...anyOf(...LIMITS, 'metrics'),
    properties: { metrics: { additionalProperties: anyOf(...LIMITS) } },
  };
  return {
    definitions: kindRules(),
    anyOf: toDo,
    ...jsonSchemaIf(
      { properties: { defaults: { not: anyOf(...LIMITS) } } },
      { properties: { budgets: { items: limited } } },
    ),
  };
}

/** What a budget of a source may say of its metrics, and which amounts those take. */
export function entryRules(source: Source): Rules {
  const known = (source.metrics ?? []).map((id) => ({ id, rules: rulesOf(source, id) ?? {} }));
  const kinds = [...groupBy(known, ({ rules }) => JSON.stringify(rules)).values()];
  const names = isClosed(source) ? { enum: source.metrics } : {};
  const properties = Object.fromEntries(known.map(({ id, rules }) => [id, rules]));
  const metrics = { minProperties: 1, propertyNames: names, properties };
  const unsaid = rulesOf(source, undefined);
  const isSaid = anyOf('metric', 'metrics');
  return {
    dependencies: { metrics: { not: anyOf('metric', ...LIMITS) } },
    // Beside the keys of the entry, which zod gives.
    allOf: [
      { properties: { metric: names, metrics } },
      unsaid === null ? isSaid : jsonSchemaIf({ not: isSaid }, unsaid),
      ...kinds.map((alike) => jsonSchemaIf(isOneOf(alike), alike[0]?.rules ?? {})),
      ...(source.rules === undefined ? [] : [source.rules()]),
    ],
  };
}

function anyOf(...keys: readonly string[]): Rules {
  return { anyOf: keys.map((key) => ({ required: [key] })) };
}

function isOneOf(metrics: readonly { readonly id: string }[]): Rules {
  return { properties: { metric: { enum: metrics.map(({ id }) => id) } }, required: ['metric'] };
}

/** Whether no metric is known but those that have a name; user timings have any. */
function isClosed(source: Source): boolean {
  return source.metrics !== undefined && isRefusal(source.metric('user-timing:any', {}));
}

/** Null where the source does not take the metric without more said; reports tell an open one's unit. */
function rulesOf(source: Source, id: string | undefined): Rules | null {
  const choice = source.metric(id, {});
  if (isRefusal(choice)) return null;
  return isOpen(choice) ? {} : { $ref: `#/definitions/${choice.better}-${choice.unit}` };
}

const UNITS: readonly Unit[] = ['byte', 'millisecond', 'count', 'ratio', 'score', 'per-second'];

function kindRules(): Rules {
  const kinds = UNITS.flatMap((unit) => [
    [`lower-${unit}`, limitRules(unit, 'lower')],
    [`higher-${unit}`, limitRules(unit, 'higher')],
  ]);
  return Object.fromEntries(kinds);
}

function limitRules(unit: Unit, better: Direction): Rules {
  const amount = { anyOf: amountsIn(unit) };
  const one = { anyOf: [...amount.anyOf, { type: 'string', pattern: PERCENT_PATTERN }] };
  const change = { anyOf: [...one.anyOf, { type: 'array', items: one }] };
  const [worse, slip] =
    better === 'lower' ? ['maxIncrease', 'maxDecrease'] : ['maxDecrease', 'maxIncrease'];
  return {
    not: { required: [slip] },
    properties: { max: amount, min: amount, ignoreBelow: amount, [worse]: change },
  };
}

function amountsIn(unit: Unit): Rules[] {
  const pattern = amountPattern(unit);
  const isShare = unit === 'ratio' || unit === 'score';
  const number = isShare ? { type: 'number', maximum: 1 } : { type: 'number' };
  return pattern === null ? [number] : [number, { type: 'string', pattern }];
}
