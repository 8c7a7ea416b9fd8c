import { crc32, deflateRawSync } from 'node:zlib';

/** Bit 3: sizes follow the data, as in the archives of actions/upload-artifact. Bit 11: names are UTF-8. */
const FLAGS = 0x0808;
const DEFLATED = 8;
const VERSION = 20;

/** A zip archive like those that GitHub stores for an artifact. */
export function zip(files: Readonly<Record<string, string | Uint8Array>>): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [path, content] of Object.entries(files)) {
    const entry = zipEntry(path, Buffer.from(content), offset);
    parts.push(entry.local);
    directory.push(entry.central);
    offset += entry.local.length;
  }
  const central = Buffer.concat(directory);
  return Buffer.concat([
    ...parts,
    central,
    endOfDirectory(directory.length, central.length, offset),
  ]);
}

function zipEntry(
  path: string,
  content: Buffer,
  offset: number,
): { local: Buffer; central: Buffer } {
  const name = Buffer.from(path);
  const packed = deflateRawSync(content);
  const sizes = numbers([crc32(content), 4], [packed.length, 4], [content.length, 4]);
  const method = numbers([VERSION, 2], [FLAGS, 2], [DEFLATED, 2], [0, 4]);
  const names = numbers([name.length, 2], [0, 2]);
  const header = Buffer.concat([numbers([0x04034b50, 4]), method, Buffer.alloc(12), names, name]);
  const descriptor = Buffer.concat([numbers([0x08074b50, 4]), sizes]);
  const place = numbers([0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]);
  const central = Buffer.concat([
    numbers([0x02014b50, 4], [VERSION, 2]),
    method,
    sizes,
    names,
    place,
    name,
  ]);
  return { local: Buffer.concat([header, packed, descriptor]), central };
}

function endOfDirectory(count: number, size: number, offset: number): Buffer {
  return numbers(
    [0x06054b50, 4],
    [0, 2],
    [0, 2],
    [count, 2],
    [count, 2],
    [size, 4],
    [offset, 4],
    [0, 2],
  );
}

/** Little-endian numbers, each with its width in bytes. */
function numbers(...fields: readonly (readonly [value: number, width: number])[]): Buffer {
  const buffer = Buffer.alloc(fields.reduce((sum, [, width]) => sum + width, 0));
  let at = 0;
  for (const [value, width] of fields) at = buffer.writeUIntLE(value, at, width);
  return buffer;
}
