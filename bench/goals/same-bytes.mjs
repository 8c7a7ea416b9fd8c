// Goal 8: being fast is worth nothing if the numbers are others. Every gzip size of medium is computed
// again with node:zlib, and so is a sample of the brotli sizes (all of them would take 40 s).
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { baselineOf } from '../baseline.mjs';
import { listFiles } from '../corpora.mjs';
import { COMPRESSED_SIZE } from '../one-thread.mjs';
import { limitValue } from '../outcome.mjs';
import { isBuilt, OURS } from '../tools.mjs';

// The sample: every tenth path, but none so big that it alone takes seconds.
const EVERY = 10;
const SAMPLE_BYTES = 256 * 1024;

export const sameBytes = {
  number: 8,
  title: 'Byte counts are those of node:zlib, `medium`',
  async run({ corpora, log }) {
    const corpus = corpora.medium;
    const files = listFiles(corpus.folder).map((path) => ({
      path: `corpus/${path}`,
      content: readFileSync(join(corpus.folder, path)),
    }));
    const sample = files.filter(
      ({ content }, index) => index % EVERY === 0 && content.length <= SAMPLE_BYTES,
    );
    log(`${files.length} files with gzip, ${sample.length} with brotli`);
    const rows = [row(corpus, 'gzip', files), row(corpus, 'brotli', sample)];
    return { rows, figures: null, notes: [] };
  },
};

function row(corpus, encoding, files) {
  return limitValue(isBuilt() ? countWrong(corpus, encoding, files) : null, {
    what: `other counts among ${files.length} files, ${encoding}`,
    unit: '',
    subject: OURS,
    atMost: 0,
  });
}

/** Files whose size is absent from our snapshot, or is not what node:zlib says. */
function countWrong(corpus, encoding, files) {
  const { assets } = JSON.parse(readFileSync(baselineOf(corpus, [encoding]), 'utf8'));
  const found = new Map(assets.map((asset) => [asset.path, asset]));
  const wrong = files.filter(({ path, content }) => {
    const asset = found.get(path);
    return asset?.raw !== content.length || asset[encoding] !== COMPRESSED_SIZE[encoding](content);
  });
  return wrong.length;
}
