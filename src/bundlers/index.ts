import { assetManifest } from './asset-manifest.ts';
import type { Bundler } from './bundler.ts';
import { esbuild } from './esbuild.ts';
import { next } from './next.ts';
import { vite } from './vite.ts';
import { webpack } from './webpack.ts';

/** Every bundler whose metadata is read, by name. */
export const bundlers = {
  vite,
  webpack,
  esbuild,
  next,
  'asset-manifest': assetManifest,
} satisfies Record<string, Bundler> as Readonly<Record<string, Bundler>>;
