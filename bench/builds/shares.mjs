// How far the shares of packages and own modules are off:
//
//   node shares.mjs OUT [--brotli]
//
// Raw ones, read from source maps, against what esbuild's metafile states; compressed ones against what gzip
// (of the base alone, for a minute: brotli) saves when the bytes are taken out, beside what shares in proportion to raw bytes would say. An error is the sum of
// all differences over the sum of all that is true. Exit code 1 above the targets.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { writeOurs } from '../our-sources.mjs';

const _ROOT = fileURLToPath(new URL('../..', import.meta.url));
const BUNDLER = 'esbuild-0.28';
const TARGETS = { raw: 0.002, gzip: 0.02, brotli: 0.03 };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { brotli: { type: 'boolean', default: false } },
});
if (positionals[0] === undefined) {
  console.error('Usage: node shares.mjs OUT [--brotli]');
  process.exitCode = 2;
} else {
  process.exitCode = await main(join(resolve(positionals[0]), BUNDLER), values);
}

async function main(folder, { brotli }) {
  const ours = await loadOurs();
  const names = ['raw', 'gzip', 'gzip, in proportion', 'brotli', 'brotli, in proportion'];
  const sums = Object.fromEntries(names.map((name) => [name, errorSum()]));
  for (const variant of readdirSync(folder)) {
    const encoders = brotli && variant === 'base' ? { gzip, brotli: brotliOf } : { gzip };
    for (const file of filesOf(join(folder, variant)))
      await addFile({ ...file, encoders }, sums, ours);
  }
  const measured = names.filter((name) => sums[name].all > 0);
  for (const name of measured) {
    const { off, all } = sums[name];
    console.log(`${name}: ${((off / all) * 100).toFixed(2)} % of ${all} B`);
  }
  const isMet = (name) => sums[name].off <= (TARGETS[name] ?? Infinity) * sums[name].all;
  return measured.includes('raw') && measured.every(isMet) ? 0 : 1;
}

/** The scripts of a build, and what the bundler says of each. */
function filesOf(project) {
  const path = join(project, 'meta.json');
  if (!existsSync(path)) return [];
  return Object.entries(JSON.parse(readFileSync(path, 'utf8')).outputs)
    .filter(([name]) => name.endsWith('.js'))
    .map(([name, { inputs }]) => ({ project, path: name, inputs }));
}

async function addFile({ project, path, inputs, encoders }, sums, ours) {
  const file = join(project, path);
  const bytes = readFileSync(file);
  const host = ours.nodeHost({ progress: () => {} });
  const asset = { path: file, code: bytes.toString('latin1'), root: project };
  const { kind, ids, spans } = await ours.openSourceMap(asset, host);
  if (kind !== 'opened') throw new Error(`${file}: its source map is ${kind}`);
  const groupOf = (id) => ours.packageOf(id)?.instance ?? id;
  const raw = grouped(ids.map((id, at) => [groupOf(id), ours.rawShares(spans, ids.length)[at]]));
  const place = { root: project, folder: project };
  const stated = grouped(
    Object.entries(inputs).map(([input, { bytesInOutput }]) => [
      groupOf(ours.canonicalId(input, place) ?? ''),
      bytesInOutput,
    ]),
  );
  stated.delete('');
  sums.raw.add(raw, stated);
  const bits = ours.deflateShares(await ours.deflate(bytes, 9), spans, ids.length);
  const weights = grouped(ids.map((id, at) => [groupOf(id), bits[at]]));
  const all = bits.reduce((left, right) => left + right, 0);
  for (const [name, sizeOf] of Object.entries(encoders)) {
    const whole = sizeOf(bytes);
    const saved = new Map();
    for (const group of raw.keys()) {
      const left = new Set(ids.flatMap((id, at) => (groupOf(id) === group ? [at] : [])));
      saved.set(group, whole - sizeOf(without(bytes, spans, left)));
    }
    sums[name].add(scaled(weights, whole / all), saved);
    sums[`${name}, in proportion`].add(scaled(raw, whole / bytes.length), saved);
  }
}

function gzip(bytes) {
  return gzipSync(bytes, { level: 9 }).length;
}

/** At its default, the best quality. */
function brotliOf(bytes) {
  return brotliCompressSync(bytes).length;
}

function scaled(weights, factor) {
  return new Map([...weights].map(([name, weight]) => [name, weight * factor]));
}

function errorSum() {
  return {
    off: 0,
    all: 0,
    add(estimates, truths) {
      for (const name of new Set([...estimates.keys(), ...truths.keys()])) {
        this.off += Math.abs((estimates.get(name) ?? 0) - (truths.get(name) ?? 0));
        this.all += truths.get(name) ?? 0;
      }
    },
  };
}

function grouped(entries) {
  const sums = new Map();
  for (const [name, value] of entries) sums.set(name, (sums.get(name) ?? 0) + value);
  return sums;
}

function without(bytes, { ends, owners }, left) {
  const kept = [];
  let from = 0;
  for (const [index, end] of ends.entries()) {
    if (!left.has(owners[index])) kept.push(bytes.subarray(from, end));
    from = end;
  }
  return Buffer.concat(kept);
}

async function loadOurs() {
  const place = mkdtempSync(join(tmpdir(), 'weighbridge-shares-'));
  const file = join(place, 'ours.mjs');
  writeOurs(
    file,
    `export { openSourceMap } from './src/bundlers/sourcemap.ts';
export { deflateShares } from './src/core/deflate-shares.ts';
export { canonicalId } from './src/core/module-id.ts';
export { packageOf } from './src/core/package-of.ts';
export { rawShares } from './src/core/module-shares.ts';
export { nodeHost } from './src/host/node.ts';
export { deflate } from './src/sources/deflate.ts';`,
  );
  return import(pathToFileURL(file).href).finally(() => rmSync(place, { recursive: true }));
}
