import { crc32, deflateRawSync } from 'node:zlib';

/** One file of an archive; what is not given is as an honest writer has it. */
export interface HostileEntry {
  readonly name: string;
  readonly content: string | Uint8Array;
  readonly method?: 'deflated' | 'stored' | number;
  /** What the headers say, in bytes and as a checksum. */
  readonly size?: number;
  readonly packedSize?: number;
  readonly crc?: number;
  readonly flags?: number;
  /** A Unix mode. */
  readonly mode?: number;
  /** The name that stands before the data, where the directory has another. */
  readonly localName?: string;
  /** A name in the field that decoding readers prefer. */
  readonly unicodeName?: string;
  readonly isZip64?: boolean;
}

export interface HostileArchive {
  readonly entries: readonly HostileEntry[];
  /** Files that the end says there are. */
  readonly count?: number;
  readonly isZip64?: boolean;
}

/** A zip archive that may lie in any place. */
export function hostileZip({ entries, count, isZip64 = false }: HostileArchive): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const { local, central } = pack(entry, offset);
    parts.push(local);
    directory.push(central);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const said = count ?? entries.length;
  const end = isZip64 ? end64(said, central.length, offset) : end32(said, central.length, offset);
  return Buffer.concat([...parts, central, end]);
}

/** An archive of the one file, told by what is not honest about it. */
export function oneEntry(lies: Partial<HostileEntry> = {}): Buffer {
  return hostileZip({ entries: [{ name: 'snapshot.json', content: '{"a":1}', ...lies }] });
}

const UNIX = 3 << 8;
const METHODS = { deflated: 8, stored: 0 };

function pack(entry: HostileEntry, offset: number): { local: Buffer; central: Buffer } {
  const content = Buffer.from(entry.content);
  const { method = 'deflated', flags = 0, mode = 0o100644 } = entry;
  const packed = method === 'deflated' ? deflateRawSync(content, { level: 9 }) : content;
  const [size, packedSize] = [entry.size ?? content.length, entry.packedSize ?? packed.length];
  const written = entry.isZip64 ? [0xffffffff, 0xffffffff] : [packedSize, size];
  const extra = Buffer.concat([
    ...(entry.isZip64 ? [numbers([1, 2], [16, 2], [size, 8], [packedSize, 8])] : []),
    ...(entry.unicodeName === undefined ? [] : [unicodePath(entry.name, entry.unicodeName)]),
  ]);
  const code = typeof method === 'number' ? method : METHODS[method];
  const header = (name: string) =>
    numbers(
      [20, 2],
      [flags, 2],
      [code, 2],
      [0, 4],
      [entry.crc ?? crc32(content), 4],
      [written[0] ?? 0, 4],
      [written[1] ?? 0, 4],
      [Buffer.byteLength(name), 2],
      [extra.length, 2],
    );
  const [name, localName] = [entry.name, entry.localName ?? entry.name];
  const signed = (signature: number) => numbers([signature, 4]);
  const place = numbers([0, 2], [0, 2], [0, 2], [mode * 0x10000, 4], [offset, 4]);
  const local = [signed(0x04034b50), header(localName), Buffer.from(localName), extra, packed];
  const made = numbers([UNIX, 2]);
  const central = [signed(0x02014b50), made, header(name), place, Buffer.from(name), extra];
  return { local: Buffer.concat(local), central: Buffer.concat(central) };
}

function unicodePath(name: string, unicodeName: string): Buffer {
  const text = Buffer.from(unicodeName);
  const head = numbers([0x7075, 2], [text.length + 5, 2], [1, 1], [crc32(Buffer.from(name)), 4]);
  return Buffer.concat([head, text]);
}

function end32(count: number, size: number, offset: number): Buffer {
  return numbers([0x06054b50, 4], [0, 4], [count, 2], [count, 2], [size, 4], [offset, 4], [0, 2]);
}

function end64(count: number, size: number, offset: number): Buffer {
  const record = numbers(
    [0x06064b50, 4],
    [44, 8],
    [45, 2],
    [45, 2],
    [0, 8],
    [count, 8],
    [count, 8],
    [size, 8],
    [offset, 8],
  );
  const locator = numbers([0x07064b50, 4], [0, 4], [offset + size, 8], [1, 4]);
  return Buffer.concat([record, locator, end32(0xffff, 0xffffffff, 0xffffffff)]);
}

/** Little-endian numbers, each with its width in bytes. */
function numbers(...fields: readonly (readonly [value: number, width: number])[]): Buffer {
  const buffer = Buffer.alloc(fields.reduce((sum, [, width]) => sum + width, 0));
  let at = 0;
  for (const [value, width] of fields) {
    if (width === 8) at = buffer.writeBigUInt64LE(BigInt(value), at);
    else at = buffer.writeUIntLE(value, at, width);
  }
  return buffer;
}
