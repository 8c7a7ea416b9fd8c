import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readOnlyEntry } from '../../src/github/archive.ts';
import { UserError } from '../../src/model/errors.ts';
import { zip } from '../support/github/zip.ts';
import { type HostileEntry, hostileZip, oneEntry } from '../support/hostile-zip.ts';

const NAME = 'snapshot.json';
const LIMIT = 1_000;
const ENCRYPTED = 0x1;
const STRONGLY_ENCRYPTED = 0x41;

async function read(archive: Uint8Array, limit = LIMIT): Promise<string> {
  return Buffer.from(await readOnlyEntry(archive, NAME, limit)).toString();
}

describe('the one file of an archive', () => {
  it.each<[string, Uint8Array]>([
    ['deflated', oneEntry()],
    ['stored', oneEntry({ method: 'stored' })],
    ['of which no mode is known', oneEntry({ mode: 0 })],
    ['with its sizes behind it, as GitHub stores it', zip({ [NAME]: '{"a":1}' })],
    ['with sizes in zip64', oneEntry({ isZip64: true })],
    [
      'of a zip64 archive',
      hostileZip({ entries: [{ name: NAME, content: '{"a":1}' }], isZip64: true }),
    ],
  ])('is read: %s', async (_, archive) => {
    expect(await read(archive)).toBe('{"a":1}');
  });

  it('may be empty, or just as large as allowed', async () => {
    expect(await read(oneEntry({ content: '' }))).toBe('');
    expect(await read(oneEntry({ content: '', method: 'stored' }))).toBe('');
    expect(await read(oneEntry({ content: 'x'.repeat(LIMIT) }))).toHaveLength(LIMIT);
  });

  it('is read from the middle of other memory', async () => {
    const archive = oneEntry();
    const memory = new Uint8Array(archive.length + 20).fill(7);
    memory.set(archive, 10);
    expect(await read(memory.subarray(10, 10 + archive.length))).toBe('{"a":1}');
  });
});

const honest: HostileEntry = { name: NAME, content: '{"a":1}' };
const bomb = '0'.repeat(5_000_000);

/** Each with a part of the sentence that says what is wrong. */
const HOSTILE: readonly (readonly [name: string, archive: Uint8Array, words: RegExp])[] = [
  ['nothing', new Uint8Array(), /no whole zip archive/],
  ['no zip', Buffer.from('<html>Bad gateway</html>'), /no whole zip archive/],
  ['zeros', new Uint8Array(500), /no whole zip archive/],
  ['a cut archive', oneEntry().subarray(0, -1), /no whole zip archive/],
  ['an archive without its start', oneEntry().subarray(5), /no whole zip archive/],
  ['something behind its end', Buffer.concat([oneEntry(), Buffer.from('x')]), /no whole zip/],
  ['no files', hostileZip({ entries: [] }), /holds 0 files/],
  ['two files', hostileZip({ entries: [honest, { ...honest, name: 'b' }] }), /holds 2 files/],
  ['the same name twice', hostileZip({ entries: [honest, honest] }), /holds 2 files/],
  ['a count too large', hostileZip({ entries: [honest], count: 2 }), /holds 2 files/],
  ['a count of no files', hostileZip({ entries: [honest], count: 0 }), /holds 0 files/],
  ['another name', oneEntry({ name: 'report.json' }), /does not hold snapshot\.json/],
  ['a name in other case', oneEntry({ name: 'Snapshot.json' }), /does not hold/],
  ['a name that ends too late', oneEntry({ name: `${NAME}\0` }), /does not hold/],
  ['a name that leads out', oneEntry({ name: `../${NAME}` }), /does not hold/],
  ['an absolute name', oneEntry({ name: `/${NAME}` }), /does not hold/],
  ['a name of Windows', oneEntry({ name: `..\\${NAME}` }), /does not hold/],
  ['a folder', oneEntry({ name: `${NAME}/`, content: '' }), /does not hold/],
  ['its name for decoders only', oneEntry({ name: 'x', unicodeName: NAME }), /does not hold/],
  ['a link', oneEntry({ content: '/etc/passwd', mode: 0o120777 }), /no regular file/],
  ['a folder by its mode', oneEntry({ mode: 0o040755 }), /no regular file/],
  ['a pipe', oneEntry({ mode: 0o010644 }), /no regular file/],
  ['an encrypted file', oneEntry({ flags: ENCRYPTED }), /encrypted/],
  ['a strongly encrypted file', oneEntry({ flags: STRONGLY_ENCRYPTED }), /no whole zip/],
  ['a stored encrypted file', oneEntry({ method: 'stored', flags: ENCRYPTED }), /cannot be used/],
  ['another packing', oneEntry({ method: 14 }), /packed in an unknown way/],
  ['a file too large', oneEntry({ content: 'x'.repeat(LIMIT + 1) }), /more than 1000 bytes/],
  ['a bomb', oneEntry({ content: bomb }), /more than 1000 bytes/],
  ['a bomb that says it is small', oneEntry({ content: bomb, size: 10 }), /size is not as decl/],
  ['a bomb that says it is empty', oneEntry({ content: bomb, size: 0 }), /size is not as decl/],
  ['a bomb in zip64', oneEntry({ content: bomb, size: 10, isZip64: true }), /size is not as/],
  ['a size too large', oneEntry({ size: 900 }), /size is not as declared/],
  ['a size over all limits', oneEntry({ size: 2 ** 40, isZip64: true }), /more than 1000 bytes/],
  ['a stored size too large', oneEntry({ method: 'stored', size: 900 }), /cannot be used/],
  ['a stored size too small', oneEntry({ method: 'stored', size: 2 }), /cannot be used/],
  ['data that goes on too long', oneEntry({ packedSize: 900 }), /no whole zip/],
  ['data that ends too early', oneEntry({ packedSize: 4 }), /data is damaged/],
  ['another checksum', oneEntry({ crc: 1 }), /checksum is not as declared/],
  ['a stored file with another checksum', oneEntry({ method: 'stored', crc: 1 }), /checksum/],
  ['stored data said to be deflated', oneEntry({ content: 'xxxxx', method: 8 }), /data is damaged/],
];

describe('what is refused', () => {
  it.each(HOSTILE)('%s', async (_, archive, words) => {
    await expect(read(archive)).rejects.toMatchObject({
      name: 'UserError',
      code: 'archive-damaged',
      message: expect.stringMatching(words),
      hint: expect.stringContaining(NAME),
    });
  });

  it('and no name of an archive gets into the words', async () => {
    const name = '::error::\u001b[31mpwned';
    const error: Error = await read(oneEntry({ name })).catch((one) => one);
    expect(error.message).not.toContain('pwned');
  });

  it('a bomb, before it has taken memory', async () => {
    const archive = oneEntry({ content: '0'.repeat(200_000_000), size: 10 });
    const before = process.memoryUsage().arrayBuffers;
    await expect(read(archive)).rejects.toThrow(/size is not as declared/);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000);
  });

  it('whatever bytes are changed, it is refused or reads the same', async () => {
    const archives = [oneEntry(), oneEntry({ method: 'stored' }), oneEntry({ isZip64: true })];
    const change = fc.tuple(fc.nat(400), fc.constantFrom(0, 1, 0x7f, 0x80, 0xff));
    const changes = fc.array(change, { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...archives), changes, async (archive, all) => {
        const changed = Buffer.from(archive);
        for (const [at, value] of all) changed[at % changed.length] = value;
        const outcome = await read(changed).catch((error: unknown) => error);
        if (outcome !== '{"a":1}') expect(outcome).toBeInstanceOf(UserError);
      }),
      { numRuns: 3_000 },
    );
  });
});
