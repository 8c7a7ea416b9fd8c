// Goals 1 and 2: what a run costs when there is next to nothing to do.
import { interleave } from '../measure.mjs';
import { totalSize } from '../one-thread.mjs';
import { compare, figuresOf } from '../outcome.mjs';
import {
  askOurVersion,
  askPeer,
  askUs,
  BARE_NODE,
  isBuilt,
  ONE_FILE,
  PEER_NAMES,
} from '../tools.mjs';

export const version = {
  number: 1,
  title: '`--version` against `node -e 0`',
  async run({ runs, log }) {
    const ours = askOurVersion();
    const commands = isBuilt() ? [BARE_NODE, ours] : [BARE_NODE];
    const group = await interleave(commands, { runs: runs.quick, log });
    const rows = [compare(group, { ours: ours.id, peer: BARE_NODE.id, of: 'cpu', atMost: 1.5 })];
    return { rows, figures: figuresOf(group), notes: [] };
  },
};

export const oneFile = {
  number: 2,
  title: 'One file of 1 KB checked',
  async run({ corpora, runs, log }) {
    const corpus = corpora.tiny;
    const total = totalSize('gzip', corpus.folder);
    const ours = askUs(['check', '--base', 'none'], { corpus, files: ONE_FILE });
    const byGlob = askUs(['check', '--base', 'none'], { corpus, id: 'weighbridge, by a glob' });
    const peers = PEER_NAMES.map((name) => askPeer(name, { corpus, files: ONE_FILE, total }));
    const commands = [BARE_NODE, ...(isBuilt() ? [ours, byGlob] : []), ...peers];
    const group = await interleave(commands, { runs: runs.quick, log });
    const rows = [
      compare(group, { ours: ours.id, peer: BARE_NODE.id, of: 'cpu', atMost: 2 }),
      ...PEER_NAMES.flatMap((peer) => [
        compare(group, { ours: ours.id, peer, of: 'cpu' }),
        compare(group, { ours: ours.id, peer, of: 'wall' }),
        compare(group, { ours: ours.id, peer, of: 'peak' }),
      ]),
    ];
    return { rows, figures: figuresOf(group), notes: [] };
  },
};
