import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { encodedSize, isCompressedAlready, probeSize } from '../../src/sources/encoding.ts';
import { COMPRESSED, COMPRESSIBLE, noise } from '../support/binary-files.ts';

const levels = { gzip: 9, brotli: 11 };
const script = (length: number) =>
  Buffer.from(
    Array.from({ length }, (_, index) => `export const v${index}=${index * 7};`).join(''),
  ).subarray(0, length);

function gzip(data: Buffer, level = 9): number {
  return gzipSync(data, { level }).length;
}

function brotli(data: Buffer, quality = 11): number {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: quality,
    [constants.BROTLI_PARAM_SIZE_HINT]: data.length,
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
  };
  const withHint = brotliCompressSync(data, { params }).length;
  const plain = brotliCompressSync(data, {
    params: { [constants.BROTLI_PARAM_QUALITY]: quality },
  }).length;
  return Math.min(withHint, plain);
}

describe('encoded sizes', () => {
  it('of an empty file are 20 bytes of gzip and 1 of brotli', async () => {
    expect(await encodedSize(Buffer.alloc(0), 'gzip', levels)).toBe(20);
    expect(await encodedSize(Buffer.alloc(0), 'brotli', levels)).toBe(1);
  });

  // Both sides of the sizes from which the thread pool compresses.
  it.each([1, 1_023, 1_024, 1_025, 32_767, 32_768, 32_769, 200_000])(
    'of %i bytes of text are those of node:zlib',
    async (length) => {
      const data = script(length);
      expect(await encodedSize(data, 'gzip', levels)).toBe(gzip(data));
      expect(await encodedSize(data, 'brotli', levels)).toBe(
        brotliCompressSync(data, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length,
      );
    },
  );

  it.each([1, 6, 9])('of gzip follow the level %i', async (level) => {
    for (const data of [script(2_000), script(60_000)]) {
      expect(await encodedSize(data, 'gzip', { gzip: level, brotli: 0 })).toBe(gzip(data, level));
    }
  });

  // Quality 0 is refused in a budgets file: brotli-size takes it for none given.
  it.each([1, 4, 11])('of brotli follow the quality %i', async (quality) => {
    for (const data of [script(900), script(60_000)]) {
      const params = { [constants.BROTLI_PARAM_QUALITY]: quality };
      expect(await encodedSize(data, 'brotli', { gzip: 9, brotli: quality })).toBe(
        brotliCompressSync(data, { params }).length,
      );
    }
  });

  it('are of bytes, never of text', async () => {
    const data = noise(3_000);
    expect(await encodedSize(data, 'gzip', levels)).toBe(gzip(data));
    expect(await encodedSize(data, 'brotli', levels)).toBe(brotli(data));
  });

  it('follow level 0', async () => {
    expect(await encodedSize(script(2_000), 'gzip', { gzip: 0, brotli: 0 })).toBe(
      gzip(script(2_000), 0),
    );
  });
});

describe('the probe', () => {
  it('is the same in every run, and tells levels apart', () => {
    expect(probeSize('gzip', levels)).toBe(probeSize('gzip', levels));
    expect(probeSize('gzip', levels)).not.toBe(probeSize('gzip', { gzip: 1, brotli: 11 }));
    expect(probeSize('brotli', levels)).not.toBe(probeSize('brotli', { gzip: 9, brotli: 4 }));
  });
});

describe('what is compressed already', () => {
  it.each(Object.keys(COMPRESSED))('is known by its signature: %s', (name) => {
    const data = COMPRESSED[name] ?? Buffer.alloc(0);
    // The name of all but brotli streams says nothing: servers look at a table of types, we at bytes.
    const path = name.endsWith('.br') ? name : 'file.bin';
    expect(isCompressedAlready(data, path)).toBe(true);
  });

  it.each(Object.keys(COMPRESSIBLE))('is not %s', (name) => {
    expect(isCompressedAlready(COMPRESSIBLE[name] ?? Buffer.alloc(0), name)).toBe(false);
  });

  it('is not an empty file, nor the start of a signature', () => {
    expect(isCompressedAlready(Buffer.alloc(0), 'a.png')).toBe(false);
    expect(isCompressedAlready(Buffer.from('\x89PN', 'latin1'), 'a.png')).toBe(false);
  });
});
