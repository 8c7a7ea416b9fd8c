import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';

/** Bytes that no compressor makes smaller, the same in every run. */
export function noise(length: number, seed = 1): Buffer {
  let state = seed;
  return Buffer.from(
    Array.from({ length }, () => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
      return state >>> 16;
    }),
  );
}

const text = (latin1: string) => Buffer.from(latin1, 'latin1');

/** A run of zeros, which any compressor makes smaller: what counts raw shows in the size. */
const PADDING = Buffer.alloc(400);

/** A whole png of one transparent pixel, with a comment that would compress well. */
export function png(): Buffer {
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0]);
  return Buffer.concat([
    text('\x89PNG\r\n\x1a\n'),
    pngChunk('IHDR', header),
    pngChunk('tEXt', Buffer.concat([text('Comment\0'), Buffer.alloc(400, 'a')])),
    pngChunk('IDAT', deflateSync(Buffer.alloc(5))),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([text(type), data]);
  return Buffer.concat([uint32(data.length), body, uint32(crc32(body))]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
}

function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc;
}

/** The start of an ISO base media file: mp4 and avif differ in the brand. */
function isoMedia(brand: string): Buffer {
  return Buffer.concat([uint32(24), text(`ftyp${brand}\0\0\0\0${brand}mif1`), PADDING]);
}

function riff(form: string): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(PADDING.length + 4);
  return Buffer.concat([text('RIFF'), size, text(form), PADDING]);
}

/** Files of every kind that servers send as they are, by a name of that kind. */
export const COMPRESSED: Readonly<Record<string, Buffer>> = {
  'pixel.png': png(),
  'photo.jpg': Buffer.concat([text('\xff\xd8\xff\xe0\0\x10JFIF\0'), PADDING]),
  'anim.gif': Buffer.concat([text('GIF89a\x01\0\x01\0'), PADDING]),
  'old.gif': Buffer.concat([text('GIF87a\x01\0\x01\0'), PADDING]),
  'image.webp': riff('WEBPVP8 '),
  'image.avif': isoMedia('avif'),
  'film.mp4': isoMedia('isom'),
  'font.woff2': Buffer.concat([text('wOF2\0\x01\0\0'), PADDING]),
  'archive.zip': Buffer.concat([text('PK\x03\x04'), PADDING]),
  'empty.zip': Buffer.concat([text('PK\x05\x06'), Buffer.alloc(18)]),
  'bundle.js.gz': gzipSync(Buffer.alloc(4_000, 'weighbridge ')),
  'bundle.js.br': brotliCompressSync(Buffer.alloc(4_000, 'weighbridge ')),
};

/** Files that compressors make smaller, though they resemble the ones above. */
export const COMPRESSIBLE: Readonly<Record<string, Buffer>> = {
  'text.png': Buffer.alloc(500, 'this is no png '),
  'text.gif': Buffer.alloc(500, 'this is no gif '),
  // The first four characters of `ftyp` boxes are a length, whose first byte is zero.
  'muxer.js': Buffer.from(`var ftyp = "ftyp"; ${'export const box = ftyp; '.repeat(30)}`),
  'gifs.js': Buffer.from(`GIF8 = 1; ${'export const gif = GIF8; '.repeat(30)}`),
  'webp.js': Buffer.from(`const a=WEBP; ${'export const webp = WEBP; '.repeat(30)}`),
  'sound.wav': riff('WAVEfmt '),
  'icon.svg': Buffer.from(`<svg>${'<path d="M0 0h1v1z"/>'.repeat(30)}</svg>`),
  'font.woff': Buffer.concat([text('wOFF\0\x01\0\0'), PADDING]),
};
