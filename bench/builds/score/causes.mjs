// Were the declared causes named, and nothing else?

/** Bytes below which a cause that nobody declared is an effect of compression. */
const NOTICED = 150;

/**
 * @param {{ required: object[], allowed: object[] }} truth
 * @param rearranged says of a cause whether its module or package is in another asset than it was
 * @returns which declared causes were `missed`, with the nearest that was said, and which were `spurious`
 */
export function scoreCauses(report, { required, allowed }, rearranged) {
  const causes = report.causes.filter(({ kind }) => kind !== 'other');
  const missed = required.filter((declared) => !causes.some((cause) => fits(cause, declared)));
  const spurious = causes
    .filter(({ bytes }) => Math.abs(bytes) > NOTICED)
    .filter((cause) => ![...required, ...allowed].some((one) => isOf(cause, one)))
    .filter((cause) => !(isWithinClass(cause) && rearranged(cause)));
  return {
    named: required.length - missed.length,
    missed: missed.map((declared) => ({
      declared,
      said: causes.filter((cause) => nameOf(cause) === nameOf(declared)).map(brief),
    })),
    spurious: unique(spurious.map(brief)),
    unsummed: unsummed(report),
  };
}

/** All that a declaration says is so. */
const fits = (cause, declared) =>
  Object.entries(declared).every(([key, value]) => cause[key] === value);

/** The same thing changed in the same way, whatever its particulars; a kind that is not declared is any. */
const isOf = (cause, { kind = cause.kind, ...declared }) =>
  cause.kind === kind && nameOf(cause) === nameOf(declared);

// A bundler may put the same modules into other chunks that are loaded at the same time: true, if not the cause.
const isWithinClass = ({ kind, from, to }) => kind === 'moved' && from === to;

const nameOf = (cause) => cause.package ?? cause.module ?? null;

function brief({ kind, load, from, to, version, bytes, importer, subject, budget, ...cause }) {
  return { kind, name: nameOf(cause), load, from, to, version, importer, bytes, subject, budget };
}

// A budget and an asset may speak of one thing: it is one mistake.
function unique(causes) {
  return [...new Map(causes.map((cause) => [`${cause.kind} ${cause.name}`, cause])).values()];
}

/** Assets whose causes do not add up to what they changed by. */
function unsummed({ causes, comparison }) {
  const sums = new Map();
  for (const { budget, subject, bytes } of causes) {
    if (budget === null) sums.set(subject, (sums.get(subject) ?? 0) + bytes);
  }
  return comparison.changes
    .filter(({ metric, subject }) => metric === 'size.gzip' && sums.has(subject))
    .filter(({ subject, head, base }) => sums.get(subject) !== (head ?? 0) - (base ?? 0))
    .map(({ subject, head, base }) => ({ subject, sum: sums.get(subject), head, base }));
}
