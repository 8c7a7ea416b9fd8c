import type { Bundler } from './bundler.ts';
import { vite } from './vite.ts';

/** Every bundler whose metadata is read, by name. */
export const bundlers = { vite } satisfies Record<string, Bundler> as Readonly<
  Record<string, Bundler>
>;
