import type * as esbuild from 'esbuild';
import { UserError } from '../model/errors.ts';
import type { Host } from '../model/host.ts';

type Esbuild = Pick<typeof esbuild, 'build' | 'version'> & Partial<Pick<typeof esbuild, 'stop'>>;

/** The user's own bundler. */
export interface Bundler {
  /** With its version, as it stamps what it has measured: `esbuild 0.28.2`. */
  readonly name: string;
  readonly build: typeof esbuild.build;
  /** Ends its process, once nobody else in ours is at work with it. */
  stop(): Promise<void>;
}

/** Where esbuild may be seen: straight, through what brings it along, or as WebAssembly. */
const WAYS = [['esbuild'], ['vite', 'esbuild'], ['tsup', 'esbuild'], ['esbuild-wasm']] as const;

/**
 * The esbuild that is installed for the budgets file's folder, or for the working directory.
 * @throws UserError `no-bundler` where there is none
 */
export async function findBundler(folder: string, host: Host): Promise<Bundler> {
  for (const from of new Set([folder, host.resolve('.')])) {
    for (const way of WAYS) {
      const found = await host.loadPackage(way, from);
      if (isEsbuild(found)) return bundlerOf(found);
    }
  }
  throw new UserError('no-bundler', 'Budgets on imports need esbuild, which is not installed.', {
    hint: 'Run: npm install --save-dev esbuild',
  });
}

function isEsbuild(value: unknown): value is Esbuild {
  const { build, version } = (value ?? {}) as Partial<Esbuild>;
  return typeof build === 'function' && typeof version === 'string';
}

/** How many of us are at work with an installed copy. */
const USERS = new WeakMap<Esbuild, number>();

function bundlerOf(found: Esbuild): Bundler {
  USERS.set(found, (USERS.get(found) ?? 0) + 1);
  return {
    name: `esbuild ${found.version}`,
    build: found.build,
    stop: async () => {
      const others = (USERS.get(found) ?? 1) - 1;
      USERS.set(found, others);
      if (others === 0) await found.stop?.();
    },
  };
}
