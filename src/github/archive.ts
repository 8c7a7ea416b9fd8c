import { crc32, inflateRawSync } from 'node:zlib';
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { UserError } from '../model/errors.ts';

/**
 * The bytes of the only file in a zip archive, in memory; nothing in it is believed unseen, since
 * anyone who may run a workflow may have written it.
 * @param name the one name that the file may have, to the byte
 * @param limit bytes that the file may hold
 * @throws UserError `archive-damaged`
 */
export async function readOnlyEntry(
  zip: Uint8Array,
  name: string,
  limit: number,
): Promise<Uint8Array> {
  try {
    const file = await fromBufferPromise(Buffer.from(zip.buffer, zip.byteOffset, zip.length), {
      // Names stay bytes: an archive may hold a second name for a reader that decodes.
      decodeStrings: false,
    });
    const entry = await onlyEntry(file, name);
    checkEntry(entry, limit);
    return contentOf(entry, await packedBytes(file, entry));
  } catch (error) {
    const what = error instanceof Unfit ? error.message : 'it is no whole zip archive';
    throw new UserError('archive-damaged', `An archive cannot be used: ${what}.`, {
      hint: `It should hold ${name} and nothing else; the run that made it can make it again.`,
      cause: error,
    });
  }
}

/** What is wrong with an archive, in our own words: none of its names reach a message. */
class Unfit extends Error {}

async function onlyEntry(file: ZipFile, name: string): Promise<Entry> {
  if (file.entryCount !== 1) throw new Unfit(`it holds ${file.entryCount} files`);
  for await (const entry of file.eachEntry()) {
    if (entry.fileNameRaw.equals(Buffer.from(name))) return entry;
  }
  throw new Unfit(`it does not hold ${name}`);
}

/** Bits of a Unix mode that tell a file from a folder or a link; 0 where none is given. */
const TYPE_OF_FILE = 0o170000;
const REGULAR_FILE = 0o100000;

function checkEntry(entry: Entry, limit: number): void {
  const type = (entry.externalFileAttributes >>> 16) & TYPE_OF_FILE;
  if (type !== 0 && type !== REGULAR_FILE) throw new Unfit('what it holds is no regular file');
  if (entry.isEncrypted()) throw new Unfit('it is encrypted');
  if (!entry.canDecodeFileData()) throw new Unfit('it is packed in an unknown way');
  if (entry.uncompressedSize > limit) throw new Unfit(`it holds more than ${limit} bytes`);
}

async function packedBytes(file: ZipFile, entry: Entry): Promise<Uint8Array> {
  const stream = await file.openReadStreamPromise(entry, { decodeFileData: false });
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const STORED = 0;

function contentOf(entry: Entry, packed: Uint8Array): Uint8Array {
  const content = entry.compressionMethod === STORED ? packed : inflated(entry, packed);
  if (content.length !== entry.uncompressedSize) throw new Unfit('its size is not as declared');
  if (crc32(content) !== entry.crc32) throw new Unfit('its checksum is not as declared');
  return content;
}

/** Stops at the declared size, which is within the limit: a bomb goes no further. */
function inflated({ uncompressedSize }: Entry, packed: Uint8Array): Uint8Array {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, uncompressedSize) });
  } catch (cause) {
    const { code } = cause as { code?: string };
    if (code === 'ERR_BUFFER_TOO_LARGE') throw new Unfit('its size is not as declared', { cause });
    throw new Unfit('its data is damaged', { cause });
  }
}
