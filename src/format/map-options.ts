/** How a bundler is told to write source maps that its output does not name. */
export interface MapOption {
  readonly bundler: string;
  /** As it stands in the file; null where maps are written unless they are turned off. */
  readonly option: string | null;
  /** A config file, or where else it stands, in words. */
  readonly file: string;
}

/** The one option that shows what is inside a build, for each bundler. */
export const MAP_OPTIONS: readonly MapOption[] = [
  { bundler: 'Vite', option: "build: { sourcemap: 'hidden' }", file: 'vite.config.js' },
  {
    bundler: 'Rollup, Rolldown',
    option: "output: { sourcemap: 'hidden' }",
    file: 'rollup.config.js',
  },
  { bundler: 'webpack, Rspack', option: "devtool: 'hidden-source-map'", file: 'webpack.config.js' },
  { bundler: 'esbuild', option: "sourcemap: 'external'", file: 'the call of `build`' },
  { bundler: 'Next.js', option: 'productionBrowserSourceMaps: true', file: 'next.config.js' },
  {
    bundler: 'Angular',
    option: '"sourceMap": { "scripts": true, "styles": true, "hidden": true }',
    file: 'angular.json',
  },
  { bundler: 'Nuxt', option: "sourcemap: { client: 'hidden' }", file: 'nuxt.config.ts' },
  {
    bundler: 'Astro',
    option: "vite: { build: { sourcemap: 'hidden' } }",
    file: 'astro.config.mjs',
  },
  {
    bundler: 'Rsbuild',
    option: "output: { sourceMap: { js: 'hidden-source-map' } }",
    file: 'rsbuild.config.ts',
  },
  { bundler: 'Remix', option: '--sourcemap', file: 'the call of `remix build`' },
  {
    bundler: 'Create React App',
    option: 'GENERATE_SOURCEMAP=true',
    file: 'the environment of the build',
  },
  { bundler: 'Vue CLI', option: 'productionSourceMap: true', file: 'vue.config.js' },
  { bundler: 'Gatsby', option: null, file: 'package.json' },
  { bundler: 'Parcel', option: null, file: 'package.json' },
];
