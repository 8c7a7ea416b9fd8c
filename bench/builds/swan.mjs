// A picture of its own for the application: 96 x 96 grey pixels that do not compress, so that no bundler
// thinks it small enough to be written into the style sheet.
import { crc32, deflateSync } from 'node:zlib';

const SIDE = 96;

/** The bytes of a PNG, the same every time. */
export function swan() {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(SIDE, 0);
  header.writeUInt32BE(SIDE, 4);
  header[8] = 8;
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    part('IHDR', header),
    part('IDAT', deflateSync(pixels(), { level: 0 })),
    part('IEND', Buffer.alloc(0)),
  ]);
}

// xorshift32 (Marsaglia, 2003): noise without a clock. Each row begins with its filter, which is none.
function pixels() {
  const bytes = Buffer.alloc(SIDE * (SIDE + 1));
  let state = 0x2545f491;
  for (let index = 0; index < bytes.length; index += 1) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[index] = index % (SIDE + 1) === 0 ? 0 : state & 0xff;
  }
  return bytes;
}

function part(type, data) {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([ends.subarray(0, 4), named, ends.subarray(4)]);
}
