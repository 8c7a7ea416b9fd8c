import { knownNames } from '../core/inside.ts';
import { unopenedScripts } from '../core/unopened-scripts.ts';
import { didYouMean } from '../format/suggest.ts';
import { UserError } from '../model/errors.ts';
import type { Host } from '../model/host.ts';
import type { Report } from '../model/report.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { goneNames } from './explained.ts';

/** A build that has nothing of a name. */
export interface Searched {
  readonly snapshot: Snapshot;
  readonly report: Report | null;
  /** Absolute: where its paths are seen from. */
  readonly folder: string;
}

/** That a name means nothing, or that scripts without a source map may have it inside. */
export async function unknownName(
  name: string,
  builds: readonly Searched[],
  host: Host,
): Promise<UserError> {
  const known = builds.flatMap(({ snapshot, report }) => [
    ...knownNames(snapshot),
    ...goneNames(report),
  ]);
  const nearest = didYouMean(name, known);
  const meant = nearest === null ? [] : [`Did you mean "${nearest}"?`];
  const closed = builds.find(({ snapshot }) => unopenedScripts(snapshot).all.length > 0);
  if (closed === undefined) {
    const [hint = 'Run `weighbridge explain` without a name for all that is inside.'] = meant;
    return unknown(`"${name}" is no budget, asset, package or module here.`, hint);
  }
  const words = `"${name}" is no budget or asset here; whether it is a package or module inside is not known without source maps.`;
  const { insideAdvice } = await import('../bundlers/map-advice.ts');
  const advice = await insideAdvice(closed.snapshot, closed.folder, host);
  return unknown(words, [...meant, advice ?? TURN_ON].join(' '));
}

const TURN_ON = 'Turn source maps on in your bundler, and measure before they are removed.';

function unknown(words: string, hint: string): UserError {
  return new UserError('unknown-name', words, { hint });
}
