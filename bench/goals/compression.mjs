// Goals 3 to 7: real output, compressed for the first time, and again when little has changed.
import { availableParallelism } from 'node:os';
import { baselineOf } from '../baseline.mjs';
import { interleave } from '../measure.mjs';
import { totalSize } from '../one-thread.mjs';
import { compare, figuresOf, limit } from '../outcome.mjs';
import { askOneThread, askPeer, askUs, isBuilt, OURS, PEER_NAMES } from '../tools.mjs';

const COLD = ['check', '--base', 'none'];

export const coldGzip = {
  number: 3,
  title: 'gzip, `large`, nothing known before',
  async run(context) {
    const group = await coldLarge(context);
    const rows = [
      compare(group, { ours: OURS, peer: 'bundlesize2', of: 'cpu', atMost: 1 }),
      compare(group, { ours: OURS, peer: 'size-limit', of: 'cpu', atMost: 0.6 }),
      compare(group, { ours: OURS, peer: 'bundlewatch', of: 'cpu' }),
      compare(group, { ours: OURS, peer: 'bundlemon', of: 'cpu' }),
      againstOneThread(group, 0.65),
      ...PEER_NAMES.map((peer) => compare(group, { ours: OURS, peer, of: 'wall' })),
    ];
    return { rows, figures: figuresOf(group), notes: coresNote() };
  },
};

export const peakMemory = {
  number: 4,
  title: 'Peak memory, gzip, `large`',
  async run(context) {
    const group = await coldLarge(context);
    const rows = [
      limit(group, { ours: OURS, of: 'peak', atMost: 160 }),
      compare(group, { ours: OURS, peer: 'size-limit', of: 'peak', atMost: 1 / 7 }),
      ...PEER_NAMES.filter((peer) => peer !== 'size-limit').map((peer) =>
        compare(group, { ours: OURS, peer, of: 'peak' }),
      ),
    ];
    // The same runs as goal 3's: the figures stand there.
    return { rows, figures: null, notes: [] };
  },
};

export const reuse = {
  number: 5,
  title: 'gzip, `large`, 1 % of the files changed since the baseline',
  async run({ corpora, runs, log }) {
    const corpus = corpora['large-changed'];
    const base = baselineOf(corpora.large, ['gzip']);
    const ours = isBuilt() ? [askUs(['check', '--base', base], { corpus })] : [];
    const total = totalSize('gzip', corpus.folder);
    const peers = PEER_NAMES.map((name) => askPeer(name, { corpus, total }));
    const group = await interleave([...ours, ...peers], { runs: runs.heavy, log });
    const targets = { bundlesize2: 1 / 10, 'size-limit': 1 / 15 };
    const rows = PEER_NAMES.map((peer) =>
      compare(group, { ours: OURS, peer, of: 'cpu', atMost: targets[peer] }),
    );
    return { rows, figures: figuresOf(group), notes: [] };
  },
};

export const brotliUnchanged = {
  number: 6,
  title: 'brotli, `medium`, nothing changed since the baseline',
  async run({ corpora, runs, isSlow, log }) {
    const corpus = corpora.medium;
    const base = baselineOf(corpus, ['brotli']);
    const us = askUs(['check', '--base', base], { corpus, encodings: ['brotli'] });
    const ours = isBuilt() ? await interleave([us], { runs: runs.heavy, log }) : { samples: {} };
    const rows = [
      limit(ours, { ours: OURS, of: 'cpu', atMost: 0.5 }),
      limit(ours, { ours: OURS, of: 'wall', atMost: 0.5 }),
    ];
    if (!isSlow) {
      const notes = ['The peers compress everything again, about 40 s each: run with `--slow`.'];
      return { rows, figures: isBuilt() ? figuresOf(ours) : null, notes };
    }
    const peers = PEER_NAMES.map((name) =>
      askPeer(name, { corpus, encoding: 'brotli', total: null }),
    );
    const commands = [...(isBuilt() ? [us] : []), ...peers];
    const group = await interleave(commands, { runs: runs.slow, warmUp: false, log });
    const ratios = PEER_NAMES.map((peer) =>
      compare(group, { ours: OURS, peer, of: 'cpu', atMost: 1 / 70 }),
    );
    return { rows: [...rows, ...ratios], figures: figuresOf(group), notes: [] };
  },
};

export const coldBrotli = {
  number: 7,
  title: 'brotli, `medium`, nothing known before',
  isSlow: true,
  async run({ corpora, runs, log }) {
    const corpus = corpora.medium;
    const reference = askOneThread({ corpus, encoding: 'brotli' });
    const ours = isBuilt() ? [askUs(COLD, { corpus, encodings: ['brotli'] })] : [];
    const commands = [reference, ...ours];
    const group = await interleave(commands, { runs: runs.slow, warmUp: false, log });
    return { rows: [againstOneThread(group, 0.6)], figures: figuresOf(group), notes: coresNote() };
  },
};

// Goals 3 and 4 look at the same runs from two sides.
async function coldLarge({ corpora, runs, log, once }) {
  return once('cold gzip large', () => {
    const corpus = corpora.large;
    const total = totalSize('gzip', corpus.folder);
    const peers = PEER_NAMES.map((name) => askPeer(name, { corpus, total }));
    const ours = isBuilt() ? [askUs(COLD, { corpus })] : [];
    const commands = [askOneThread({ corpus }), ...ours, ...peers];
    return interleave(commands, { runs: runs.heavy, log });
  });
}

// The goal is about two free cores; on one there is nothing to gain, so nothing is judged.
function againstOneThread(group, atMost) {
  const isJudged = availableParallelism() >= 2;
  return compare(group, {
    ours: OURS,
    peer: 'one thread',
    of: 'wall',
    atMost: isJudged ? atMost : null,
  });
}

const coresNote = () =>
  availableParallelism() === 2
    ? []
    : [`The goal for the wall is about 2 cores; this machine has ${availableParallelism()}.`];
