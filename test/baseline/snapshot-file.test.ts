import { describe, expect, test } from 'vitest';
import { readSnapshot } from '../../src/baseline/snapshot-file.ts';
import { formatSnapshot, parseSnapshot } from '../../src/core/snapshot-text.ts';
import { UserError } from '../../src/model/errors.ts';
import { asset, budget, measurement, snapshot, waiver } from '../support/build.ts';
import { memoryHost } from '../support/memory-host.ts';

const whole = snapshot({
  budgets: [budget({ name: 'All', max: 1_000, maxIncrease: ['5%'] })],
  waivers: [waiver({ budget: 'All', until: '2026-03-01' })],
  assets: [asset('dist/a.js'), asset('dist/"b"\n.js')],
  measurements: [measurement({ metric: 'speed-index', value: 2_000 })],
});

function refusal(text: string): UserError {
  try {
    parseSnapshot(text, 'base.json');
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('the snapshot was accepted');
}

describe('what is written is read back', () => {
  test('the same, whatever is in it', () => {
    expect(parseSnapshot(formatSnapshot(whole), 'base.json')).toEqual(whole);
    const empty = snapshot();
    expect(parseSnapshot(formatSnapshot(empty), 'base.json')).toEqual(empty);
  });

  test('one line an asset, so that a stored snapshot can be read in a diff', () => {
    const lines = formatSnapshot(whole).split('\n');
    expect(lines.filter((line) => line.includes('"sha256"'))).toHaveLength(2);
    expect(lines.filter((line) => line.includes('"samples"'))).toHaveLength(1);
    expect(lines.at(-1)).toBe('');
  });

  test('through a file, seen from the working directory', async () => {
    const host = memoryHost({});
    await host.write('/repo/out/base.json', formatSnapshot(whole));
    expect(await readSnapshot('base.json', '/repo/out', host)).toEqual(whole);
  });
});

describe('absent is not damaged', () => {
  test('a file that is not there is named, with the way to write it', async () => {
    await expect(readSnapshot('base.json', '/repo', memoryHost({}))).rejects.toMatchObject({
      code: 'snapshot-missing',
      message: expect.stringContaining('base.json'),
      hint: expect.stringContaining('weighbridge measure --save'),
    });
  });

  test('an empty file from a crashed producer', () => {
    expect(refusal('')).toMatchObject({
      code: 'snapshot-damaged',
      message: expect.stringMatching(/base\.json.*empty/),
    });
  });

  test('a file that was cut off is not read as an absent one', () => {
    const text = formatSnapshot(whole);
    for (const length of [1, text.length >> 1, text.length - 3]) {
      expect(refusal(text.slice(0, length)).code).toBe('snapshot-damaged');
    }
  });

  test('JSON that is something else, with the place where it differs', () => {
    for (const text of ['null', '[]', '5', '{}', '"x"']) {
      expect(refusal(text).code).toBe('snapshot-damaged');
    }
    const wrong = { ...whole, assets: [{ ...whole.assets[0], raw: -1 }] };
    expect(refusal(JSON.stringify(wrong)).message).toContain('assets.0.raw');
  });

  test('NaN, which JSON does not have', () => {
    const text = formatSnapshot(whole).replace('"value":2000', '"value":NaN');
    expect(refusal(text).code).toBe('snapshot-damaged');
  });

  test('an asset that is named twice: two would become one', () => {
    const twice = { ...whole, assets: [asset('a.js', { raw: 1 }), asset('a.js', { raw: 2 })] };
    expect(refusal(formatSnapshot(twice)).message).toContain('twice');
  });

  test('a measurement that is there twice: one of them would be dropped', () => {
    const one = measurement({ metric: 'speed-index', value: 1 });
    const twice = { ...whole, measurements: [one, { ...one, value: 2, samples: [2] }] };
    expect(refusal(formatSnapshot(twice)).message).toContain('twice');
  });

  test('one of a newer version is said to be newer', () => {
    expect(refusal(JSON.stringify({ ...whole, schemaVersion: 2 }))).toMatchObject({
      code: 'snapshot-newer',
      hint: expect.stringContaining('Upgrade'),
    });
  });

  test('UTF-16 from a shell redirect is named', async () => {
    const utf16 = new Uint8Array([0xff, 0xfe, 0x7b, 0x00]);
    await expect(
      readSnapshot('base.json', '/repo', memoryHost({ 'base.json': utf16 })),
    ).rejects.toThrow('base.json is UTF-16');
  });

  test('a byte order mark carries no meaning, or is named', async () => {
    const host = memoryHost({ 'base.json': `\ufeff${formatSnapshot(whole)}` });
    const outcome = await readSnapshot('base.json', '/repo', host).catch((error: Error) => error);
    if (outcome instanceof Error) expect(outcome.message).toMatch(/byte order mark/);
    else expect(outcome).toEqual(whole);
  });
});
