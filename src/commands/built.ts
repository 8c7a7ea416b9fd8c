import type { Config } from '../model/config.ts';
import type { Host } from '../model/host.ts';
import type { SkippedProject } from '../model/snapshot.ts';
import { nothingBuilt, unbuiltProject } from '../sources/unbuilt.ts';

export interface Built {
  readonly built: readonly Config[];
  readonly skipped: readonly SkippedProject[];
}

/**
 * The projects that are to be measured, and those that are left out.
 * @throws UserError `nothing-built` where all of them are left out
 */
export async function builtOf(configs: readonly Config[], host: Host): Promise<Built> {
  const built: Config[] = [];
  const skipped: SkippedProject[] = [];
  for (const config of configs) {
    const left = await unbuiltProject(config, host);
    if (left === null) built.push(config);
    else skipped.push(left);
  }
  if (built.length === 0) throw nothingBuilt(skipped);
  return { built, skipped };
}
