// Baselines for the goals about reuse. Measuring brotli for the first time takes half a minute, so a
// snapshot is kept for as long as our own built code is the same to the byte.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles } from './corpora.mjs';
import { measure } from './measure.mjs';
import { askUs, DIST, isBuilt } from './tools.mjs';

/** The path of a snapshot of a corpus, written by `weighbridge measure`; null when we are not built. */
export function baselineOf(corpus, encodings) {
  if (!isBuilt()) return null;
  const path = join(
    corpus.project,
    `snapshot.${encodings.join('-')}.${corpus.digest}.${builtCode()}.json`,
  );
  if (!existsSync(path)) {
    process.stderr.write(`baseline: measuring ${corpus.name} with ${encodings.join(' and ')}\n`);
    measure(askUs(['measure', '--save', path], { corpus, encodings, id: 'weighbridge measure' }));
  }
  return path;
}

function builtCode() {
  const hash = createHash('sha256');
  for (const path of listFiles(DIST)) hash.update(path).update(readFileSync(join(DIST, path)));
  return hash.digest('hex').slice(0, 12);
}
