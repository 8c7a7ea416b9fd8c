import type { Config } from '../model/config.ts';
import type { Host } from '../model/host.ts';

/** Base, built in a worktree of its own. */
export interface BaseBuild {
  /** Absolute; where the budgets file's folder is in it. */
  readonly folder: string;
  /** Base's own budgets files as they were before the build, by what head's are called; null for none. */
  readonly own: ReadonlyMap<string, Config | null>;
  remove(): Promise<void>;
}

/** Reads base's own budgets file in a folder of it; null where there is none that can be read. */
export type ReadConfig = (folder: string) => Promise<Config | null>;

/** Builds of base that the projects of a run share: one for each folder and command. */
export interface BaseBuilds {
  /** Budgets files of head's that are in a folder: all of them are read before base is built there. */
  readersIn(folder: string): readonly (readonly [file: string, read: ReadConfig])[];
  /** The build by its key, made by who asks first. A build that failed fails for all. */
  get(key: string, make: () => Promise<BaseBuild>): Promise<BaseBuild>;
  /** Removes them all. */
  remove(): Promise<void>;
}

/**
 * @param configs head's
 * @param readConfig reads the one of base that takes a budgets file's place
 */
export function baseBuilds(
  configs: readonly Config[],
  readConfig: (config: Config, folder: string) => Promise<Config | null>,
  host: Host,
): BaseBuilds {
  const made = new Map<string, Promise<BaseBuild>>();
  return {
    readersIn: (folder) =>
      configs
        .filter((config) => host.resolve(config.folder) === host.resolve(folder))
        .map((config) => [config.file, (there) => readConfig(config, there)]),
    get(key, make) {
      const build = made.get(key) ?? make();
      made.set(key, build);
      return build;
    },
    async remove() {
      for (const build of made.values()) {
        const done = await build.catch(() => null);
        await done?.remove();
      }
    },
  };
}
