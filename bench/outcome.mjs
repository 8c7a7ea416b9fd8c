// From samples to rows of the result table: what a goal asks, what came out, met or missed. A row
// without a target is there all the same: where we are behind a peer has to be seen too.
import { median, ratioOf } from './measure.mjs';

const MEASURES = {
  cpu: { what: 'CPU', unit: 's' },
  wall: { what: 'wall', unit: 's' },
  peak: { what: 'peak memory', unit: 'MiB' },
};

/**
 * A row that sets us against a peer; `atMost` is the goal for ours divided by theirs, null for none.
 * Where our command line is not built yet, the row shows the peer alone.
 */
export function compare(group, { ours, peer, of, atMost = null }) {
  const [mine, theirs] = [group.samples[ours], group.samples[peer]];
  const target = atMost === null ? null : { of: 'ratio', atMost };
  const row = { ...MEASURES[of], ours: null, peer, theirs: medianOf(theirs, of), ratio: null };
  if (mine === undefined) return { ...row, subject: ours, target, verdict: 'not built' };
  const ratio = ratioOf(mine, theirs, (sample) => sample[of]);
  const verdict = judge(ratio, target);
  return { ...row, subject: ours, ours: medianOf(mine, of), ratio, target, verdict };
}

/** A row with a goal for our own figure, whatever the peers do. */
export function limit(group, { ours, of, atMost }) {
  const mine = group.samples[ours];
  return limitValue(mine === undefined ? null : medianOf(mine, of), {
    ...MEASURES[of],
    subject: ours,
    atMost,
  });
}

/** The same for a figure that was counted instead of sampled; null when it could not be. */
export function limitValue(value, { what, unit, subject, atMost }) {
  const target = { of: 'value', atMost };
  const verdict = value === null ? 'not built' : judge(value, target);
  return {
    what,
    unit,
    subject,
    ours: value,
    peer: null,
    theirs: null,
    ratio: null,
    target,
    verdict,
  };
}

/** The medians of every command of a group, for those who want to see more than ratios. */
export function figuresOf(group) {
  const commands = Object.entries(group.samples).map(([id, samples]) => ({
    id,
    cpu: medianOf(samples, 'cpu'),
    wall: medianOf(samples, 'wall'),
    peak: medianOf(samples, 'peak'),
    samples,
  }));
  return { commands, repeated: group.repeated, disturbed: group.disturbed };
}

const medianOf = (samples, of) => median(samples.map((sample) => sample[of]));

function judge(value, target) {
  if (target === null) return value <= 1 ? 'ahead' : 'behind';
  return value <= target.atMost ? 'met' : 'missed';
}
