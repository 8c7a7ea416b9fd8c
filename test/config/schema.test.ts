import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { parse } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { loadConfig } from '../../src/config/load.ts';
import { fileSchema } from '../../src/config/schema.ts';
import { amountPattern } from '../../src/format/amount-pattern.ts';
import { isMisread, parseQuantity, writableUnits } from '../../src/format/units.ts';
import { UserError } from '../../src/model/errors.ts';
import type { Unit } from '../../src/model/metric.ts';
import { memoryHost } from '../support/memory-host.ts';

const isValid = new Ajv({ strict: false }).compile(
  z.toJSONSchema(fileSchema(), { target: 'draft-7', io: 'input' }),
);

async function isRead(file: unknown): Promise<boolean> {
  const host = memoryHost({ 'budgets.json': JSON.stringify(file) });
  return loadConfig(null, host.cwd, host).then(
    () => true,
    (error: unknown) => {
      if (error instanceof UserError) return false;
      throw error;
    },
  );
}

const FILES = { files: 'dist/*.js' };
const PAGE = { page: 'dist/index.html' };
const LAB = { lighthouse: 'reports/*.json' };
const NETWORK = { kbps: 5000, rtt: 40 };

/** Files of one budget each, unless they say more. */
const one = (entry: object, top: object = {}) => ({ ...top, budgets: [entry] });
const WAIVED = { name: 'All', ...FILES, max: 1 };
const waived = (waiver: object) => one(WAIVED, { waivers: [{ budget: 'All', ...waiver }] });

const RIGHT: object[] = [
  { track: 'dist/**' },
  { track: ['dist/**'], budgets: [] },
  one({ ...FILES, max: 0 }),
  one({ ...FILES, max: '170 kB', min: '1KiB', ignoreBelow: '1.5 MB' }),
  one({ ...FILES, maxIncrease: ['1 kB', '5%', 50] }),
  one({ ...FILES, maxIncrease: '5 %', encoding: 'raw', each: true, load: 'lazy' }),
  one({ ...FILES, metric: 'size.brotli', max: 1 }),
  one({ ...FILES, metrics: { 'size.raw': { max: 1 }, 'size.gzip': { maxIncrease: '1%' } } }),
  one(FILES, { defaults: { max: '1 kB' } }),
  one({ ...FILES, max: 1 }, { defaults: { maxIncrease: '1%', severity: 'warn' } }),
  one({ ...PAGE, types: ['script'], load: 'all', maxIncrease: '2 kB' }),
  one({ ...PAGE, metric: 'requests', max: 12 }),
  one({ ...PAGE, metric: 'download-time', network: '4g', max: '3 s' }),
  one({ ...PAGE, metrics: { 'download-time': { max: 3 } }, network: NETWORK }),
  one({ route: ['src/*.tsx'], max: '9 kB' }),
  one({ ...LAB, metric: 'performance', min: 0.9, maxDecrease: '5%' }),
  one({ ...LAB, metric: 'performance', min: '90%' }),
  one({ ...LAB, metric: 'user-timing:cart', max: '1 s' }),
  one({ ...LAB, url: '/', metrics: { seo: { min: 1 }, interactive: { max: '3 min' } } }),
  one({ custom: 'm.json', metric: 'rate', min: '500/s', maxDecrease: '1%' }),
  one({ custom: 'm.json', metric: 'rate', max: 90 }),
  one({ import: '{ a }', from: './a.js', max: 1 }),
  one({ import: { './a.js': '*' }, max: '1 kB' }),
  one({ package: 'moment', max: 0 }, { track: 'dist/*.js' }),
  one({ duplicates: true, max: 0 }, { track: 'dist/*.js' }),
  one({ ...FILES, max: 1 }, { baseline: { buildTimeout: '20 min' }, ignoreBelow: '1 kB' }),
  waived({ upTo: '1 kB', until: '2030-01-31', reason: 'x' }),
];

const WRONG: object[] = [
  {},
  { budgets: [] },
  one({ ...FILES, max: 1 }, { tracks: [] }),
  one(FILES),
  one({ max: 1 }),
  one({ ...FILES, ...PAGE, max: 1 }),
  one({ ...FILES, maxx: 1 }),
  ...['abc', '', '1,000 B', '10 KB', '10K', '10', '1 s', '5%', '-1 kB', '1  kB', 'Infinity'].map(
    (max) => one({ ...FILES, max }),
  ),
  ...[-1, null, true, ['1 kB']].map((max) => one({ ...FILES, max })),
  one({ ...FILES, maxIncrease: [] }),
  one({ ...FILES, maxIncrease: ['1 kB', '5 s'] }),
  one({ ...FILES, maxDecrease: 1 }),
  one({ ...FILES, max: 1, ignoreBelow: '1%' }),
  one({ ...FILES, max: 1, severity: 'error' }),
  one({ ...FILES, max: 1, encoding: 'br' }),
  one({ ...FILES, metric: 'size.brotil', max: 1 }),
  one({ ...FILES, metrics: {} }),
  one({ ...FILES, metrics: { 'size.gzip': {} } }),
  one({ ...FILES, metrics: { 'size.gzp': { max: 1 } } }),
  one({ ...FILES, metrics: { 'size.gzip': { max: 1 } }, metric: 'size.raw' }),
  one({ ...FILES, metrics: { 'size.gzip': { max: 1 } }, max: 1 }),
  one({ ...FILES, max: 1 }, { defaults: { max: 'abc' } }),
  one({ ...PAGE, metric: 'requests', max: '10 kB' }),
  one({ ...PAGE, metric: 'download-time', max: '3 s' }),
  one({ ...PAGE, network: '4g', max: '3 kB' }),
  one({ ...PAGE, types: [], max: 1 }),
  one({ ...LAB, metric: 'performance', min: 90 }),
  one({ ...LAB, metric: 'performance', min: 0.9, maxIncrease: 1 }),
  one({ ...LAB, metrics: { performance: { min: 90 } } }),
  one({ ...LAB, metric: 'interactive', max: '3 kB' }),
  one({ ...LAB, max: 1 }),
  one({ custom: 'm.json', max: 1 }),
  one({ custom: 'm.json', metric: 'a', max: '10 KB' }),
  one({ import: '{ a }', max: 1 }),
  one({ import: { './a.js': '*' }, from: './b.js', max: 1 }),
  one({ package: '', max: 0 }, { track: 'dist/*.js' }),
  one({ duplicates: true, max: '1 kB' }, { track: 'dist/*.js' }),
  one({ k6: 'summary.json', metric: 'p', max: 1 }),
  one({ custom: 'm.json', metric: 'p', max: 1, against: 'b.json' }),
  one({ ...FILES, max: 1 }, { baseline: { buildTimeout: '20 kB' } }),
  one({ ...FILES, max: 1 }, { levels: { gzip: 10 } }),
  waived({ upTo: 1 }),
  waived({ reason: 'x' }),
  waived({ reason: 'x', until: 'soon' }),
];

describe('the JSON Schema of a budgets file', () => {
  it.each(RIGHT.map((file) => [JSON.stringify(file), file]))('takes %s', async (_, file) => {
    expect([await isRead(file), isValid(file)]).toEqual([true, true]);
  });

  it.each(WRONG.map((file) => [JSON.stringify(file), file]))('refuses %s', async (_, file) => {
    expect([await isRead(file), isValid(file)]).toEqual([false, false]);
  });

  it.each(['budgets.example.json', 'examples/library/budgets.json'])('takes %s', (path) => {
    expect(isValid(parse(readFileSync(path, 'utf8')))).toBe(true);
  });
});

describe('the pattern of amounts', () => {
  const units: (Unit | null)[] = [null, 'byte', 'millisecond', 'ratio', 'score', 'per-second'];
  const symbol = fc.constantFrom(...writableUnits(), 'KB', 'Kb', 'K', 'bytes', 'µs', '');
  const digits = fc.stringMatching(/^[0-9.,]{1,6}$/);
  const text = fc
    .tuple(digits, fc.constantFrom('', ' ', '  '), symbol)
    .map((parts) => parts.join(''));

  it.each(units.map((unit) => [unit]))('of %s takes what is read, and nothing else', (unit) => {
    const pattern = new RegExp(amountPattern(unit) ?? '(?!)');
    fc.assert(
      fc.property(fc.oneof(text, fc.string({ maxLength: 8 })), (one) => {
        expect(pattern.test(one)).toBe(!isMisread(parseQuantity(one, unit)));
      }),
    );
  });
});
