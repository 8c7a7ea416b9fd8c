import type { Asset, Snapshot } from '../model/snapshot.ts';

/** Scripts with bytes in them, of which nothing says what is inside. */
export interface UnopenedScripts {
  readonly all: readonly Asset[];
  /** Those in which a package may well hide. */
  readonly telling: readonly Asset[];
}

/** Style sheets are none: one without a map is most often one that can have none. */
const SCRIPT = /\.[cm]?js$/;

/** Raw bytes below which a script is a loader or a manifest, which bundlers write without a map. */
const SMALL = 2_000;
/** Of the raw bytes of all scripts, what the small ones may be together to be left out of account. */
const SMALL_SHARE = 0.02;

/** Loaders would else make every budget on a package unsure: small ones are not telling. */
export function unopenedScripts({ assets }: Snapshot): UnopenedScripts {
  const scripts = assets.filter(({ path, raw }) => SCRIPT.test(path) && raw > 0);
  const all = scripts.filter(({ modules }) => modules === undefined);
  const small = all.filter(({ raw }) => raw < SMALL);
  const isLittle = rawOf(small) < rawOf(scripts) * SMALL_SHARE;
  return { all, telling: isLittle ? all.filter(({ raw }) => raw >= SMALL) : all };
}

function rawOf(assets: readonly Asset[]): number {
  return assets.reduce((sum, { raw }) => sum + raw, 0);
}
