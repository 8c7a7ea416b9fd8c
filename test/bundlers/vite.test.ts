import { describe, expect, it } from 'vitest';
import { factsOf, plain, VITE } from '../support/metadata.ts';

const ASSETS = [
  'dist/assets/table-DVLVg_5A.js',
  'dist/assets/index-Dk8qtbb0.js',
  'dist/assets/index-DfoSoqMu.css',
  'dist/assets/swan-n_H6DHI1.png',
  'dist/assets/report-lvVLN9nE.js',
  'dist/assets/report-DHrt6poL.css',
  'dist/assets/settings-BqwYhoY9.js',
];

describe("Vite's manifest", () => {
  it.each(['dist/.vite/manifest.json', 'dist/manifest.json'])(
    'in %s names assets',
    async (path) => {
      const { origins } = await factsOf({ [path]: VITE }, ASSETS);
      expect(plain(origins)).toEqual({
        'dist/assets/table-DVLVg_5A.js': '~table',
        'dist/assets/index-Dk8qtbb0.js': 'index.html',
        'dist/assets/index-DfoSoqMu.css': 'index.html#css',
        'dist/assets/swan-n_H6DHI1.png': 'src/assets/swan.png',
        'dist/assets/report-lvVLN9nE.js': 'src/pages/report.jsx',
        'dist/assets/report-DHrt6poL.css': 'src/pages/report.jsx#css',
        'dist/assets/settings-BqwYhoY9.js': 'src/pages/settings.jsx',
      });
    },
  );

  it('says what entries and dynamic imports pull in', async () => {
    const { entries, dynamicEntries } = await factsOf({ 'dist/.vite/manifest.json': VITE }, ASSETS);
    expect(entries).toEqual([
      {
        path: 'index.html',
        kind: 'route',
        initial: ['dist/assets/index-DfoSoqMu.css', 'dist/assets/index-Dk8qtbb0.js'],
        lazy: [
          'dist/assets/report-DHrt6poL.css',
          'dist/assets/report-lvVLN9nE.js',
          'dist/assets/settings-BqwYhoY9.js',
          'dist/assets/table-DVLVg_5A.js',
        ],
        unresolved: [],
      },
    ]);
    expect(dynamicEntries?.map(({ path }) => path)).toEqual([
      'src/pages/report.jsx',
      'src/pages/settings.jsx',
    ]);
    expect(dynamicEntries?.[1]?.initial).toEqual([
      'dist/assets/index-DfoSoqMu.css',
      'dist/assets/index-Dk8qtbb0.js',
      'dist/assets/settings-BqwYhoY9.js',
      'dist/assets/table-DVLVg_5A.js',
    ]);
  });

  it('ends where chunks import each other in a circle', async () => {
    const circle = {
      a: { file: 'a.js', isEntry: true, imports: ['b'], dynamicImports: ['a'] },
      b: { file: 'b.js', imports: ['a'] },
    };
    const { entries } = await factsOf({ 'dist/manifest.json': circle }, ['dist/a.js', 'dist/b.js']);
    expect(entries).toMatchObject([{ initial: ['dist/a.js', 'dist/b.js'], lazy: [] }]);
  });
});
