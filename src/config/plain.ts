import {
  either,
  isFlag,
  isQuantity,
  listOfAtLeast,
  mapOf,
  oneOf,
  only,
  type PlainTest,
  text,
  whole,
} from '../core/plain-value.ts';
import { ENCODINGS } from '../model/metric.ts';
import { sources } from '../sources/index.ts';

const isAmount = either(isQuantity, text());
const isRelative = either(isAmount, listOfAtLeast(1, isAmount));
const isEncoding = oneOf(ENCODINGS);

const LIMITS = {
  max: isAmount,
  min: isAmount,
  maxIncrease: isRelative,
  maxDecrease: isRelative,
  ignoreBelow: isAmount,
  severity: oneOf(['fail', 'warn']),
  message: text(),
};

const COMMON = {
  name: text(1),
  metric: text(),
  metrics: mapOf(only(LIMITS)),
  optional: isFlag,
  ...LIMITS,
};

const ENTRIES = Object.values(sources).map((source) => ({
  subject: source.subject,
  isPlain: only({ ...source.keys, ...COMMON }),
}));

const isPlainEntry: PlainTest = (value) => {
  const own = ENTRIES.find(({ subject }) => Object.hasOwn(Object(value), subject));
  return own?.isPlain(value) ?? false;
};

/**
 * True for a budgets file that the schema takes without a word. Then neither the schema nor zod is
 * loaded, which are a third of what a small check costs. It may say false of such a file, and
 * never says true of another: the schema alone decides what is wrong.
 */
export const isPlainFile = only({
  $schema: text(),
  project: text(1, 100),
  track: either(text(), listOfAtLeast(0, text())),
  encodings: listOfAtLeast(0, isEncoding),
  levels: only({ gzip: whole(0, 9), brotli: whole(1, 11) }),
  relaxing: oneOf(['allow', 'warn', 'fail']),
  ignoreBelow: isAmount,
  baseline: only({ branch: text(1), build: text(1), buildTimeout: isAmount }),
  unbuilt: oneOf(['fail', 'skip']),
  acceptLabel: text(1, 50),
  defaults: only({ ...LIMITS, optional: isFlag, encoding: isEncoding, each: isFlag }),
  budgets: listOfAtLeast(0, isPlainEntry),
});
