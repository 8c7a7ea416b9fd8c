import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import type { Budget } from '../../src/model/budget.ts';
import { UserError } from '../../src/model/errors.ts';
import { memoryHost } from '../support/memory-host.ts';

async function loadAll(entry: object, top: object = {}): Promise<readonly Budget[]> {
  const text = JSON.stringify({ ...top, budgets: [entry] });
  return (await loadConfig(null, '/repo', memoryHost({ 'budgets.json': text }))).budgets;
}

const loadOne = async (entry: object, top: object = {}) => (await loadAll(entry, top))[0];

async function problem(entry: object): Promise<UserError> {
  try {
    await loadAll(entry);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('the budgets file was accepted');
}

const PAGE = { page: 'dist/index.html' };

describe('a budget on a page', () => {
  test('counts all that is loaded at once, unless it says otherwise', async () => {
    expect(await loadOne({ ...PAGE, max: '170 kB' })).toMatchObject({
      name: 'dist/index.html',
      metric: 'size.gzip',
      limits: { max: { value: 170_000, unit: 'byte' } },
      selection: {
        kind: 'pages',
        subject: 'page',
        pages: ['dist/index.html'],
        types: ['document', 'script', 'stylesheet', 'font', 'image', 'other'],
        load: 'initial',
        each: false,
        encoding: 'gzip',
        network: null,
      },
    });
  });

  test('takes its encoding from the file, from itself or from its metric', async () => {
    const brotli = { encodings: ['brotli'] };
    expect(await loadOne({ ...PAGE, max: 1 }, brotli)).toMatchObject({ metric: 'size.brotli' });
    expect(await loadOne({ ...PAGE, max: 1, encoding: 'raw' }, brotli)).toMatchObject({
      metric: 'size.raw',
      selection: { encoding: 'raw' },
    });
    expect(await loadOne({ ...PAGE, max: 1, metric: 'size.raw' }, brotli)).toMatchObject({
      metric: 'size.raw',
    });
    const timed = { metric: 'download-time', network: '4g', max: '1 s' };
    expect(await loadOne({ ...PAGE, ...timed }, brotli)).toMatchObject({
      selection: { encoding: 'brotli' },
    });
  });

  test.each([
    ['slow-3g', { kbps: 400, rtt: 400 }],
    ['fast-3g', { kbps: 1_600, rtt: 150 }],
    ['4g', { kbps: 9_000, rtt: 170 }],
    [
      { kbps: 5_000, rtt: 0 },
      { kbps: 5_000, rtt: 0 },
    ],
  ])('the network %j', async (network, figures) => {
    const budget = await loadOne({ ...PAGE, metric: 'download-time', network, max: '2 s' });
    expect(budget).toMatchObject({
      name: 'dist/index.html: download-time',
      limits: { max: { value: 2_000, unit: 'millisecond' } },
      selection: { network: figures },
    });
  });

  test('several metrics of one page', async () => {
    const metrics = { 'size.brotli': { max: '1 kB' }, requests: { max: 12, maxIncrease: 1 } };
    const budgets = await loadAll({ name: 'Home', ...PAGE, metrics });
    expect(budgets.map(({ name, metric }) => [name, metric])).toEqual([
      ['Home: size.brotli', 'size.brotli'],
      ['Home: requests', 'requests'],
    ]);
  });

  test('a waiver of a count is a count', async () => {
    const waivers = [{ budget: 'Home', upTo: 20, reason: 'icons' }];
    const entry = { name: 'Home', ...PAGE, metric: 'requests', max: 12 };
    expect(await loadOne(entry, { waivers })).toMatchObject({ name: 'Home' });
  });

  test('what is meant to lead out of the build', async () => {
    const ignore = ['/config.js', '/env/*'];
    expect(await loadOne({ ...PAGE, max: 1, ignore })).toMatchObject({ selection: { ignore } });
  });

  test('a route is named by its path', async () => {
    expect(await loadOne({ page: '/checkout', max: 1 })).toMatchObject({ name: '/checkout' });
  });

  test.each([
    [{ page: '/checkout', max: '1 s' }, 'max: '],
    [{ ...PAGE, max: 1, metric: 'download-time' }, '`download-time` needs a `network`'],
    [{ ...PAGE, metrics: { 'download-time': { max: 1 } } }, 'needs a `network`'],
    [{ ...PAGE, max: 1, network: '4g' }, '`network` is for `download-time` only'],
    [{ ...PAGE, max: 1, metric: 'download-time', network: '5g' }, 'network: '],
    [{ ...PAGE, max: 1, metric: 'download-time', network: { kbps: 0, rtt: 1 } }, 'network'],
    [{ ...PAGE, max: 1, metric: 'requets' }, '"requets" is not a metric of pages'],
    [{ ...PAGE, max: 1, types: ['scripts'] }, '"scripts" is not one of'],
    [{ ...PAGE, max: 1, types: [] }, 'types: is empty'],
    [{ ...PAGE, max: 1, ignore: [] }, 'ignore: is empty'],
    [{ ...PAGE, max: 1, ignore: '/config.js' }, 'ignore: '],
    [{ route: 'src/a.tsx', max: 1, ignore: ['/config.js'] }, '"ignore" is not a key here'],
    [{ ...PAGE, max: 1, load: 'eager' }, '"eager" is not one of'],
    [{ page: 'dist\\index.html', max: 1 }, 'has a backslash'],
    [{ page: '!dist/index.html', max: 1 }, 'has negations only'],
    [{ ...PAGE, files: 'x', max: 1 }, 'has two subjects: files and page'],
    [{ ...PAGE, max: '20 ms', metric: 'requests' }, 'max: '],
  ])('refuses %j', async (entry, words) => {
    expect((await problem(entry)).message).toContain(words);
  });

  test.each([
    [{ ...PAGE, max: '1 s', metric: 'download-time', network: '3g' }, 'network: '],
    [{ ...PAGE, metrics: { 'download-time': { max: 1 } }, network: { kbps: 0, rtt: 1 } }, 'kbps'],
    [{ ...PAGE, max: 1, metric: 5, network: '4g' }, 'metric: '],
  ])('says of %j what is wrong, and not that it is missing', async (entry, words) => {
    const { message } = await problem(entry);
    expect(message).toContain(words);
    expect(message).not.toMatch(/needs a|only/);
  });
});
