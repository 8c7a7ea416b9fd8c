// The bundlers, by the names that their folders have. `packages` are those of the bundler itself that have to
// stand in the project, by their place in node_modules.
const WEBPACK = named(
  'css-loader',
  'css-minimizer-webpack-plugin',
  'esbuild-loader',
  'html-webpack-plugin',
  'mini-css-extract-plugin',
  'webpack',
);
const PARCEL = named('@parcel/config-default', '@parcel/core');

export const BUNDLERS = {
  'vite-8': { load: () => import('./vite-8.mjs') },
  'vite-7': { load: () => import('./vite-7.mjs') },
  'webpack-5': { load: () => import('./webpack-5.mjs'), packages: WEBPACK },
  'rspack-2': { load: () => import('./rspack-2.mjs') },
  'rollup-4': { load: () => import('./rollup-4.mjs') },
  'rolldown-1': { load: () => import('./rolldown-1.mjs') },
  'esbuild-0.28': { load: () => import('./esbuild-0.28.mjs') },
  'parcel-2': { load: () => import('./parcel-2.mjs'), packages: PARCEL },
  'next-16': { load: () => import('./next-16.mjs'), packages: { next: 'next' } },
  'next-16-webpack': { load: () => import('./next-16-webpack.mjs'), packages: { next: 'next' } },
  'next-15': { load: () => import('./next-15.mjs'), packages: { next: 'next-15' } },
};

function named(...names) {
  return Object.fromEntries(names.map((name) => [name, name]));
}
