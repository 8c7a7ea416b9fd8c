import { PLATFORMS } from '../model/budget.ts';
import { ENCODINGS } from '../model/metric.ts';
import { LOADS, PAGE_TYPES } from '../model/page.ts';
import { SNAPSHOT_VERSION, type Snapshot } from '../model/snapshot.ts';
import { STATUSES } from '../model/verdict.ts';
import { isKnownAsset } from './known-asset.ts';
import {
  either,
  exactly,
  isFlag,
  isQuantity,
  listOfAtLeast,
  oneOf,
  only,
  orNull,
  type PlainTest,
  text,
  whole,
} from './plain-value.ts';

const listOf = (test: PlainTest) => listOfAtLeast(0, test);
const texts = listOf(text());
const isNumber: PlainTest = (value) => Number.isFinite(value);
const isAboveZero: PlainTest = (value) => isQuantity(value) && value !== 0;
const isLoad = oneOf(['initial', 'lazy']);
const isUnit = oneOf(['byte', 'millisecond', 'count', 'ratio', 'score', 'per-second']);

const isAmount = exactly({ value: isQuantity, unit: orNull(isUnit), text: text(0, 200) });
const isPercent = exactly({ percent: isQuantity, text: text() });
const isRelative = listOf(either(isAmount, isPercent));

const isSelection = either(
  exactly({ kind: oneOf(['assets']), patterns: texts, each: isFlag }, { load: isLoad }),
  exactly(
    {
      kind: oneOf(['pages']),
      subject: oneOf(['page', 'route']),
      pages: texts,
      types: listOf(oneOf(PAGE_TYPES)),
      load: oneOf(LOADS),
      each: isFlag,
      encoding: oneOf(ENCODINGS),
      network: orNull(exactly({ kbps: isAboveZero, rtt: isQuantity })),
    },
    { ignore: texts },
  ),
  exactly({
    kind: oneOf(['measurements']),
    source: text(),
    reports: texts,
    page: orNull(text()),
    formFactor: orNull(text()),
  }),
  exactly({ kind: oneOf(['package']), name: text() }),
  exactly({ kind: oneOf(['duplicates']) }),
  exactly({
    kind: oneOf(['imports']),
    imports: listOfAtLeast(1, exactly({ from: text(), names: texts })),
    platform: oneOf(PLATFORMS),
    conditions: texts,
    external: texts,
  }),
);

const isBudget = exactly({
  name: text(),
  entry: text(),
  selection: isSelection,
  metric: text(),
  limits: only({ max: isAmount, min: isAmount, maxIncrease: isRelative, maxDecrease: isRelative }),
  ignoreBelow: orNull(isAmount),
  severity: oneOf(['fail', 'warn']),
  optional: isFlag,
  message: orNull(text()),
});

const isWaiver = exactly({
  budget: text(),
  upTo: orNull(isAmount),
  until: orNull(text()),
  reason: text(),
  by: orNull(text()),
});

const isMeasurement = exactly({
  source: text(),
  reports: texts,
  subject: text(),
  formFactor: orNull(text()),
  metric: text(),
  label: text(),
  unit: isUnit,
  better: oneOf(['lower', 'higher']),
  kind: oneOf(['size', 'lab', 'field', 'load']),
  environment: orNull(text()),
  scale: isAboveZero,
  value: isNumber,
  samples: listOfAtLeast(1, isNumber),
});

const isPage = exactly(
  {
    path: text(),
    kind: oneOf(['file', 'route']),
    initial: texts,
    lazy: texts,
    unresolved: texts,
  },
  { broken: texts, unplaced: texts },
);

const isBytes = whole(0, Number.MAX_SAFE_INTEGER);

const isDigest: PlainTest = (value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);

const isCommit: PlainTest = (value) => typeof value === 'string' && /^[0-9a-f]{40,64}$/.test(value);

/** As `Date` writes it, of the years that have four digits. */
const isTime: PlainTest = (value) => {
  if (typeof value !== 'string' || !/^\d/.test(value)) return false;
  const time = new Date(value);
  return !Number.isNaN(time.getTime()) && time.toISOString() === value;
};

const isSnapshot = exactly(
  {
    schemaVersion: (value) => value === SNAPSHOT_VERSION,
    commit: orNull(isCommit),
    project: text(),
    takenAt: isTime,
    encoders: exactly({
      levels: exactly({ gzip: whole(0, 9), brotli: whole(0, 11) }),
      probe: only({ gzip: isBytes, brotli: isBytes }),
      versions: only({ node: text(), zlib: text(), brotli: text() }),
    }),
    tracked: exactly({
      files: listOf(texts),
      encodings: listOf(oneOf(ENCODINGS)),
      reports: listOf(exactly({ source: text(), reports: texts })),
    }),
    budgets: listOf(isBudget),
    rules: exactly(
      { relaxing: oneOf(['allow', 'warn', 'fail']), waivers: listOf(isWaiver) },
      { acceptLabel: orNull(text(1, 50)), unbuilt: oneOf(['fail', 'skip']) },
    ),
    assets: listOf(isKnownAsset),
    measurements: listOf(isMeasurement),
  },
  {
    packages: listOf(
      exactly({
        instance: text(),
        name: text(),
        version: orNull(text()),
        importer: orNull(text()),
      }),
    ),
    pages: listOf(isPage),
    scans: listOf(exactly({ path: text(), digest: isDigest })),
    hasMorePages: isFlag,
    kept: exactly({ verdict: orNull(oneOf(STATUSES)), run: orNull(isBytes) }),
  },
);

/**
 * True for a snapshot just as this version writes most of them. Then neither the schema nor zod is
 * loaded, which cost a check against a record as much as reading the record does. It may say false
 * of a sound one, and never says true of another: the schema alone decides what is damaged.
 */
export function isKnownSnapshot(value: unknown): value is Snapshot {
  return isSnapshot(value);
}
