// Trains src/core/name-model.ts, which knows how the words of file names are spelt:
//
//   node scripts/train-name-model.mjs FOLDER/node_modules PACKAGE...
//
// Reads the names, never the contents, of all files of the packages. The output is the same, byte
// for byte, for the same versions; its head says which they were. To train it again as it was:
// install those versions into a temporary folder (npm i --ignore-scripts --legacy-peer-deps), run
// this with the same list, then the tests of test/core: they say what it may not get wrong.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const TARGET = fileURLToPath(new URL('../src/core/name-model.ts', import.meta.url));

/** a-z, and '{', the next character, for the edge of a word. */
const SIZE = 27;
const EDGE = 26;

// The format, which src/core/text-cost.ts reads. Costs are in nats.
const FIRST_CODE = 40; // '(': up to '[', so that no quote and no backslash occurs
const COST_STEP = 0.2;
const LARGEST = 91 - FIRST_CODE;
const BONUS_STEP = 0.8;
const BONUSES = 4;
const TRIGRAMS = 1_000;

/** A word of an icon set of 10,000 files should not count 10,000 times, nor only once. */
const DAMPING = 0.35;
/** Pseudo-counts: how much a rare context is believed to be like the shorter one. */
const BIGRAM_PRIOR = 20;
const TRIGRAM_PRIOR = 12;

const [folder, ...wanted] = process.argv.slice(2);
const packages = wanted.sort();
if (folder === undefined || packages.length === 0) {
  console.error('usage: node scripts/train-name-model.mjs FOLDER/node_modules PACKAGE...');
  process.exit(2);
}
const names = new Set(packages.flatMap((name) => namesIn(join(folder, name))));
const words = countWords(names);
const { bigram, trigram } = costs(words);
writeFileSync(TARGET, render(bigram, chooseTrigrams(bigram, trigram)));
console.log(`${names.size} names, ${words.size} words -> ${TARGET}`);

function namesIn(directory) {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    if (!entry.isDirectory()) return entry.isFile() ? [withoutExtension(entry.name)] : [];
    return entry.name === 'node_modules' ? [] : namesIn(join(directory, entry.name));
  });
}

function withoutExtension(name) {
  return name.replace(/(?:\.[A-Za-z0-9]{1,9})(?:\.map)?$/, '');
}

/** Word -> weight. Names that end like a hash teach nothing about words. */
function countWords(names) {
  const counts = new Map();
  for (const name of [...names].sort()) {
    if (endsLikeHash(name)) continue;
    for (const [word] of name.matchAll(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g)) {
      const key = word.toLowerCase();
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return new Map([...counts].map(([word, count]) => [word, count ** DAMPING]));
}

function endsLikeHash(name) {
  const token = name.slice(-8);
  return (
    /[-.]$/.test(name.slice(0, -8)) &&
    /[A-Za-z]\d[A-Za-z]|\d[A-Za-z]+\d|[a-z][A-Z]+[a-z]+[A-Z]/.test(token)
  );
}

/** Costs (nats) of a letter after the one and after the two before it, smoothed towards fewer. */
function costs(words) {
  const count1 = new Float64Array(SIZE);
  const count2 = new Float64Array(SIZE ** 2);
  const count3 = new Float64Array(SIZE ** 3);
  let total = 0;
  for (const [word, weight] of words) {
    let before = EDGE;
    let last = EDGE;
    for (const next of [...codes(word), EDGE]) {
      count1[next] += weight;
      count2[last * SIZE + next] += weight;
      count3[(before * SIZE + last) * SIZE + next] += weight;
      total += weight;
      before = last;
      last = next;
    }
  }
  const unigram = count1.map((count) => (count + 1) / (total + SIZE));
  const bigram = smoothed(count2, BIGRAM_PRIOR, (index) => unigram[index % SIZE]);
  const trigram = smoothed(count3, TRIGRAM_PRIOR, (index) => Math.exp(-bigram[index % SIZE ** 2]));
  return { bigram, trigram: trigram.map((cost, index) => ({ cost, count: count3[index] })) };
}

function smoothed(counts, prior, shorter) {
  return Array.from(counts, (count, index) => {
    const row = index - (index % SIZE);
    const sum = counts.subarray(row, row + SIZE).reduce((left, right) => left + right, 0);
    return -Math.log((count + prior * shorter(index)) / (sum + prior));
  });
}

function codes(word) {
  return Array.from(word, (letter) => letter.charCodeAt(0) - 97);
}

/** The trigrams that save most over bigrams alone, by the size of their bonus. */
function chooseTrigrams(bigram, trigram) {
  const groups = Array.from({ length: BONUSES }, () => []);
  const chosen = trigram
    .map(({ cost, count }, index) => ({ index, count, gain: bigram[index % SIZE ** 2] - cost }))
    .filter(({ gain }) => gain > BONUS_STEP / 2)
    .sort(
      (left, right) =>
        right.count * right.gain - left.count * left.gain || left.index - right.index,
    )
    .slice(0, TRIGRAMS);
  for (const { index, gain } of chosen) {
    groups[Math.min(BONUSES, Math.max(1, Math.round(gain / BONUS_STEP))) - 1].push(spell(index));
  }
  return groups.map((group) => group.sort().join(''));
}

function spell(index) {
  const letters = [Math.floor(index / SIZE ** 2), Math.floor(index / SIZE) % SIZE, index % SIZE];
  return String.fromCharCode(...letters.map((letter) => letter + 97));
}

function render(bigram, trigrams) {
  const rows = Array.from({ length: SIZE }, (_, row) =>
    String.fromCharCode(
      ...bigram
        .slice(row * SIZE, (row + 1) * SIZE)
        .map((cost) => FIRST_CODE + Math.min(LARGEST, Math.round(cost / COST_STEP))),
    ),
  );
  const versions = packages.map((name) => {
    const { version } = JSON.parse(readFileSync(join(folder, name, 'package.json'), 'utf8'));
    return `${name}@${version}`;
  });
  return `// Generated by scripts/train-name-model.mjs; do not edit. Trained on the file names of:
${wrap(versions)}

/**
 * How the words of file names are spelt: a row for each letter a-z and the edge of a word, in it a
 * character for each letter that may follow: its code, less ${FIRST_CODE}, in steps of ${COST_STEP} nats.
 */
export const BIGRAM_COSTS = [
${rows.map((row) => `  '${row}',`).join('\n')}
] as const;

/** Frequent trigrams, '{' for the edge of a word: the n-th group is ${BONUS_STEP} * n nats cheaper. */
export const TRIGRAM_BONUSES = [
${trigrams.map((group) => `  '${group}',`).join('\n')}
] as const;
`;
}

function wrap(items) {
  const lines = ['//'];
  for (const item of items) {
    if (`${lines.at(-1)} ${item}`.length > 100) lines.push('//');
    lines.push(`${lines.pop()} ${item}`);
  }
  return lines.join('\n');
}
