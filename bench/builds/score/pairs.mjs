// Is an asset of base the same as the one of head that the bundler itself holds for it?

import { keysOf } from '../facts/keys.mjs';

/**
 * @param report the comparison's; it says nothing of paths on base's side, but of sizes
 * @param base,head { snapshot, facts } of the two builds; `dist` is the folder in front of facts' files
 */
export function scorePairs(report, base, head, dist) {
  const truth = pairsByFacts(base.facts, head.facts, dist);
  const changes = report.comparison.changes.filter(({ metric }) => metric === 'size.gzip');
  const world = {
    truth,
    partners: new Set(truth.values()),
    basePaths: new Map(base.snapshot.assets.map((asset) => [asset.path, asset])),
  };
  const score = { right: [], missed: [], wrong: [] };
  for (const asset of head.snapshot.assets) {
    const [verdict, fault] = judge(asset, changeOf(changes, asset), world);
    if (verdict !== null) score[verdict].push(fault);
  }
  return { ...score, right: score.right.length };
}

function judge(asset, change, { truth, partners, basePaths }) {
  const partner = basePaths.get(truth.get(asset.path) ?? '');
  const isKept = change?.kind === 'kept';
  if (partner === undefined) {
    const taken = isKept ? takenFrom(change, basePaths, partners) : null;
    return [taken === null ? null : 'wrong', { head: asset.path, base: taken }];
  }
  if (!isKept) return ['missed', { head: asset.path, base: partner.path }];
  const isRight = change.base === partner.gzip || asset.content === partner.content;
  return [
    isRight ? 'right' : 'wrong',
    { head: asset.path, base: partner.path, size: change.base, not: partner.gzip },
  ];
}

// Head's own name is the subject, or its path where two assets would share one name.
const changeOf = (changes, { path, subject }) =>
  changes.find((change) => change.subject === path) ??
  changes.find((change) => change.subject === subject);

/** The path in base that a change must be about; null unless its size is that of one asset which is another's. */
function takenFrom(change, basePaths, partners) {
  const candidates = [...basePaths.values()].filter(({ gzip }) => gzip === change.base);
  const isOthers = candidates.length === 1 && partners.has(candidates[0].path);
  return isOthers ? candidates[0].path : null;
}

/** Paths of base by those of head. */
function pairsByFacts(base, head, dist) {
  const files = Object.entries(keysOf(base.assets)).map(([file, key]) => [key, file]);
  const byKey = new Map(files.filter(([key]) => key !== null));
  const pairs = Object.entries(keysOf(head.assets))
    .filter(([, key]) => byKey.has(key))
    .map(([file, key]) => [`${dist}/${file}`, `${dist}/${byKey.get(key)}`]);
  return new Map(pairs);
}
