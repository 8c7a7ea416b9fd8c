import type { BundlerFacts } from '../../src/bundlers/bundler.ts';
import { readFacts } from '../../src/bundlers/read-facts.ts';
import type { Host } from '../../src/model/host.ts';
import { memoryHost } from './memory-host.ts';

/** Facts of a folder with some metadata files, when `assets` were measured in it. */
export function factsOf(
  files: Readonly<Record<string, unknown>>,
  assets: readonly string[],
): Promise<BundlerFacts> {
  const texts = Object.entries(files).map(([path, value]) => [
    path,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  return readFactsIn(memoryHost(Object.fromEntries(texts)), assets);
}

export function readFactsIn(host: Host, assets: readonly string[]): Promise<BundlerFacts> {
  const folders = new Set(
    assets.flatMap((path) => {
      const parts = path.split('/').slice(0, -1);
      return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
    }),
  );
  const request = { folders: [...folders], root: '/repo', assets: new Set(assets) };
  return readFacts(request, host);
}

export const plain = (map: ReadonlyMap<string, unknown> | undefined) =>
  Object.fromEntries(map ?? []);

export const VITE = {
  '_table-DVLVg_5A.js': {
    file: 'assets/table-DVLVg_5A.js',
    name: 'table',
    imports: ['index.html'],
  },
  'index.html': {
    file: 'assets/index-Dk8qtbb0.js',
    name: 'index',
    src: 'index.html',
    isEntry: true,
    dynamicImports: ['src/pages/report.jsx', 'src/pages/settings.jsx'],
    css: ['assets/index-DfoSoqMu.css'],
    assets: ['assets/swan-n_H6DHI1.png'],
  },
  'src/assets/swan.png': { file: 'assets/swan-n_H6DHI1.png', src: 'src/assets/swan.png' },
  'src/pages/report.jsx': {
    file: 'assets/report-lvVLN9nE.js',
    name: 'report',
    src: 'src/pages/report.jsx',
    isDynamicEntry: true,
    imports: ['index.html', '_table-DVLVg_5A.js'],
    css: ['assets/report-DHrt6poL.css'],
  },
  'src/pages/settings.jsx': {
    file: 'assets/settings-BqwYhoY9.js',
    name: 'settings',
    src: 'src/pages/settings.jsx',
    isDynamicEntry: true,
    imports: ['index.html', '_table-DVLVg_5A.js'],
  },
};

export const ESBUILD = {
  inputs: {
    'src/main.jsx': { bytes: 300, imports: [{ path: 'src/app.jsx', kind: 'import-statement' }] },
    'src/app.jsx': {
      bytes: 900,
      imports: [
        { path: 'node_modules/react/index.js', kind: 'import-statement', original: 'react' },
        { path: 'src/pages/report.jsx', kind: 'dynamic-import', original: './pages/report.jsx' },
      ],
    },
    'src/pages/report.jsx': {
      bytes: 400,
      imports: [{ path: 'node_modules/react/index.js', kind: 'import-statement' }],
    },
    'node_modules/react/index.js': { bytes: 190, imports: [] },
    'src/assets/swan.png': { bytes: 33_000, imports: [] },
  },
  outputs: {
    'dist/main-V73D2LKT.js': {
      bytes: 1_000,
      imports: [
        { path: 'dist/chunk-PPP5SVIB.js', kind: 'import-statement' },
        { path: 'dist/report-IPOKFMPG.js', kind: 'dynamic-import' },
      ],
      entryPoint: 'src/main.jsx',
      cssBundle: 'dist/main-XBA7YBRN.css',
      inputs: { 'src/main.jsx': { bytesInOutput: 100 }, 'src/app.jsx': { bytesInOutput: 700 } },
    },
    'dist/main-XBA7YBRN.css': {
      bytes: 50,
      imports: [],
      inputs: { 'src/app.css': { bytesInOutput: 50 } },
    },
    'dist/report-IPOKFMPG.js': {
      bytes: 300,
      imports: [{ path: 'dist/chunk-PPP5SVIB.js', kind: 'import-statement' }],
      entryPoint: 'src/pages/report.jsx',
      inputs: {
        'src/pages/report.jsx': { bytesInOutput: 290 },
        'src/pages/empty.js': { bytesInOutput: 0 },
      },
    },
    'dist/chunk-PPP5SVIB.js': {
      bytes: 190,
      imports: [],
      inputs: { 'node_modules/react/index.js': { bytesInOutput: 180 } },
    },
    'dist/swan-KQTPUCG7.png': {
      bytes: 33_000,
      imports: [],
      inputs: { 'src/assets/swan.png': { bytesInOutput: 33_000 } },
    },
  },
};

/** As webpack 5 writes it; `origins` of an entrypoint name no module. */
export const WEBPACK = {
  outputPath: '/home/ana/app/dist',
  assets: [
    {
      name: 'assets/main.b3477c8b.js',
      chunkNames: ['main'],
      info: { contenthash: 'b3477c8b', related: { sourceMap: 'x' } },
    },
    { name: 'assets/main.89693d2d.css', chunkNames: ['main'], info: { contenthash: '89693d2d' } },
    { name: 'assets/26.12880225.js', chunkNames: [], info: { contenthash: '12880225' } },
    { name: 'assets/571.e9c9e1dc.js', chunkNames: [], info: { contenthash: 'e9c9e1dc' } },
    { name: 'assets/268.7c5f8ed3.js', chunkNames: [], info: { contenthash: '7c5f8ed3' } },
    { name: 'assets/swan.51bf4f12.png', info: { sourceFilename: 'src/assets/swan.png' } },
  ],
  entrypoints: {
    main: {
      chunks: [792],
      assets: [{ name: 'assets/main.89693d2d.css' }, { name: 'assets/main.b3477c8b.js' }],
    },
  },
  chunks: [
    {
      id: 792,
      names: ['main'],
      files: ['assets/main.89693d2d.css', 'assets/main.b3477c8b.js'],
      children: [26, 571, 268],
      siblings: [],
      origins: [{ moduleName: '', request: './src/main.jsx' }],
    },
    {
      id: 26,
      names: [],
      files: ['assets/26.12880225.js'],
      children: [],
      siblings: [],
      origins: [{ moduleName: './src/app.jsx', request: './pages/settings' }],
    },
    {
      id: 571,
      names: [],
      files: ['assets/571.e9c9e1dc.js'],
      children: [],
      siblings: [268],
      origins: [{ moduleName: './src/app.jsx', request: './pages/report' }],
    },
    {
      id: 268,
      names: [],
      reason: 'split chunk (cache group: defaultVendors)',
      files: ['assets/268.7c5f8ed3.js'],
      children: [],
      siblings: [571],
      origins: [{ moduleName: './src/app.jsx', request: './pages/report' }],
    },
  ],
  modules: [
    {
      name: './src/main.jsx + 1 modules',
      reasons: [{ moduleName: null, type: 'entry', userRequest: './src/main.jsx' }],
      modules: [
        {
          name: './src/app.jsx',
          reasons: [
            {
              moduleName: './src/main.jsx',
              type: 'harmony import specifier',
              userRequest: './app',
            },
          ],
        },
      ],
    },
    {
      name: './src/pages/report.jsx + 1 modules',
      reasons: [
        {
          moduleName: './src/main.jsx + 1 modules',
          resolvedModule: './src/app.jsx',
          type: 'import()',
          userRequest: './pages/report',
        },
      ],
    },
    {
      name: './node_modules/react/index.js',
      reasons: [
        { moduleName: './node_modules/react-dom/index.js', type: 'cjs require' },
        { moduleName: './src/app.jsx', type: 'harmony import specifier' },
        { moduleName: './src/app.jsx', type: 'harmony side effect evaluation' },
      ],
    },
  ],
};
