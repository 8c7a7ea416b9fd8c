import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { findHash, fingerprint } from '../../src/core/fingerprint.ts';
import { isPlausibleHash } from '../../src/core/plausible-hash.ts';

/**
 * Stable name -> paths. The tokens are those that the tools wrote for one small app; some files
 * were moved into one folder, or given the extension of another.
 */
const LISTINGS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'Vite 8': {
    'dist/assets/404-[hash].js': ['dist/assets/404-B5S7mv5F.js'],
    'dist/assets/UserList-[hash].css': ['dist/assets/UserList--TdSKnE7.css'],
    'dist/assets/UserList-[hash].js': ['dist/assets/UserList-ESCrkuah.js'],
    'dist/assets/company-logo-[hash].svg': ['dist/assets/company-logo-a6Q7QYU8.svg'],
    'dist/assets/data-grid-[hash].css': ['dist/assets/data-grid-BYG9-I-p.css'],
    'dist/assets/en-US-[hash].js': ['dist/assets/en-US-Bm97Hy-D.js'],
    'dist/assets/en-US-[hash].css': ['dist/assets/en-US-DldIeU_j.css'],
    'dist/assets/i18n-[hash].js': ['dist/assets/i18n-BWwAKRey.js'],
    'dist/assets/login-[hash].js': ['dist/assets/login-B--ehDts.js'],
    'dist/assets/order_history-[hash].js': ['dist/assets/order_history-KKyKem-Q.js'],
    'dist/assets/vendor-facade-[hash].css': ['dist/assets/vendor-facade-B7VGIUoe.css'],
    'dist/.vite/manifest.json': ['dist/.vite/manifest.json'],
    'dist/index.html': ['dist/index.html'],
  },
  'Vite 7': {
    'dist/assets/chart-[hash].js': ['dist/assets/chart--P--qJ7i.js'],
    'dist/assets/checkout-[hash].js': ['dist/assets/checkout-X4dJMxC_.js'],
    'dist/assets/settings-[hash].js': ['dist/assets/settings-_0CLZTVG.js'],
    'dist/assets/user-profile-[hash].js': ['dist/assets/user-profile-_KkD_nXr.js'],
    'dist/assets/product-detail-[hash].css': ['dist/assets/product-detail-GGp-CLW-.css'],
    'dist/assets/report.2024-[hash].js': ['dist/assets/report.2024-BxdVOBsV.js'],
    'dist/assets/order_history-[hash].js': ['dist/assets/order_history--x4xAHbt.js'],
  },
  'Rollup 4': {
    'dist/chunks/[hash].js': ['FJldDK5j', 'Dz-e4uns', 'Cw6Zogbd', 'DcRl8tc5'].map(
      (hash) => `dist/chunks/${hash}.js`,
    ),
    'dist/main-[hash].js': ['dist/main-DSlH-SFF.js'],
    'dist/settings-[hash].js': ['dist/settings-_Szp-nYC.js'],
    'dist/shared-[hash].js': ['dist/shared-C1YdeV3_.js'],
  },
  'Rollup 4, base36': {
    'dist/404-[hash].js': ['dist/404-j2zwnyas.js'],
    'dist/about-us-[hash].js': ['dist/about-us-k3jbflyh.js'],
    'dist/checkout-[hash].js': ['dist/checkout-bkc5mp3c.js'],
    'dist/login-[hash].js': ['dist/login-oeusekta.js'],
    'dist/settings-[hash].js': ['dist/settings-i4tl4e7v.js'],
    'dist/data-grid-[hash].js': ['dist/data-grid-feb0qr1l.js'],
    'dist/product-detail-[hash].js': ['dist/product-detail-e8b4p546.js'],
  },
  'Rollup 4, hex': {
    'dist/404-[hash].js': ['dist/404-ac5dafdd.js'],
    'dist/cart-[hash].js': ['dist/cart-4ccd9c44.js'],
    'dist/shared-[hash].js': ['dist/shared-98782292.js'],
    'dist/user-profile-[hash].js': ['dist/user-profile-a1f22324.js'],
  },
  'esbuild 0.28': {
    'dist/chunk-[hash].js': ['dist/chunk-YFUKKOJB.js'],
    'dist/i18n-[hash].js': ['dist/i18n-UWTY6JPN.js'],
    'dist/login-[hash].css': ['dist/login-UIOQWJC6.css'],
    'dist/login-[hash].css.map': ['dist/login-UIOQWJC6.css.map'],
    'dist/main-[hash].css': ['dist/main-2MOKDLEB.css'],
    'dist/vendor-facade-[hash].css': ['dist/vendor-facade-ZZOXLDEX.css'],
  },
  'Parcel 2': {
    'dist/UserList.[hash].js': ['dist/UserList.ed94d943.js'],
    'dist/app.[hash].css': ['dist/app.23527329.css'],
    'dist/cart.[hash].css': ['dist/cart.993efe69.css'],
    'dist/chart.[hash].css': ['dist/chart.b8567ba0.css'],
    'dist/user-profile.[hash].css': ['dist/user-profile.cbc8addb.css'],
    'dist/order_history.[hash].js': ['dist/order_history.38d5a8d8.js'],
    'dist/report.2024.[hash].js': ['dist/report.2024.09a84ad6.js'],
    'dist/vendor-facade.[hash].css.map': ['dist/vendor-facade.a66280e2.css.map'],
    'dist/index.html': ['dist/index.html'],
  },
  'webpack 5': {
    'dist/22.[hash].js': ['dist/22.703e841ea4cfde9682c9.js'],
    'dist/main.[hash].js': ['dist/main.a28a82774600ad033ce1.js'],
    'dist/main.[hash].js.map': ['dist/main.a28a82774600ad033ce1.js.map'],
    'dist/[hash].js': ['dist/c696f080151334c6009b.js', 'dist/5b5202171180739259ed.js'],
  },
  'webpack 5, contenthash:8': {
    'dist/775.[hash].chunk.css.map': ['dist/775.d2bd3a64.chunk.css.map'],
    'dist/648.[hash].chunk.js': ['dist/648.adaf2257.chunk.js'],
    'dist/main.[hash].js': ['dist/main.d3722505.js'],
    'dist/main-[hash].min.css': ['dist/main-2ec9f3ae.min.css'],
    'dist/src_pages_vendor-facade_js.[hash].chunk.js': [
      'dist/src_pages_vendor-facade_js.74884d5f.chunk.js',
    ],
  },
  'rspack 2': {
    'dist/394.[hash].js': ['dist/394.d59546f2ddfedfe2.js'],
    'dist/417.[hash].css': ['dist/417.6f8907040a721cf8.css'],
    'dist/src_pages_HomePage_js.[hash].css': ['dist/src_pages_HomePage_js.cca9d3f63bfaaaaa.css'],
  },
  'Next.js 16, webpack': {
    '_next/static/[hash]/_buildManifest.js': [
      '_next/static/V_PydeNh66-WrsjpSAWWM/_buildManifest.js',
    ],
    '_next/static/chunks/4bd1b696-[hash].js': ['_next/static/chunks/4bd1b696-c7408084347438ae.js'],
    '_next/static/chunks/794-[hash].js': ['_next/static/chunks/794-268803444e87b940.js'],
    '_next/static/chunks/872.[hash].js': ['_next/static/chunks/872.44ac1634a28fd9d2.js'],
    '_next/static/chunks/app/checkout/page-[hash].js': [
      '_next/static/chunks/app/checkout/page-956d617d3c8a1fcd.js',
    ],
    '_next/static/css/[hash].css': ['_next/static/css/c5d8e9de567beb1c.css'],
    '_next/static/media/[hash]-s.p.woff2': ['_next/static/media/e4af272ccee01ff0-s.p.woff2'],
  },
  'Next.js 16, Turbopack': {
    '_next/static/[hash]/_ssgManifest.js': ['_next/static/NaIkJ3evo7MhuGE7CphDi/_ssgManifest.js'],
    '_next/static/chunks/[hash].js': [
      '_next/static/chunks/0cz1d0mv5g_q7.js',
      '_next/static/chunks/43_e_ok4j6oox.js',
      '_next/static/chunks/4579saue_slfc.js',
      '_next/static/chunks/35knlb9qvrln-.js',
    ],
    '_next/static/chunks/[hash].css': ['_next/static/chunks/0th_nv4zgojvq.css'],
    '_next/static/chunks/turbopack-[hash].js': ['_next/static/chunks/turbopack-2u1d16houkiyo.js'],
  },
  'libraries built by tsdown and unbuild': {
    'dist/coverage.d.[hash].d.ts': ['dist/coverage.d.BZtK59WP.d.ts'],
    'dist/index.[hash].js': ['dist/index.og1WyBLx.js', 'dist/index.DdgEv5B1.js'],
    'dist/pathe.[hash].mjs': ['dist/pathe.M-eThtNZ.mjs'],
    'dist/setup-common.[hash].js': ['dist/setup-common.DYx3LtFI.js'],
  },
};

const KEPT = [
  'public/index-settings.js',
  'public/vendor-bootstrap.js',
  'public/vendor-facade.js',
  'public/app.component.js',
  'public/report.20240101.js',
  'public/report-2024-01-01.js',
  'public/backup.20240101123000.json',
  'public/user-profile.js',
  'public/user-settings.js',
  'public/chunk-vendors.js',
  'public/HomePage-UserList.js',
  'public/DataGrid.js',
  'public/jquery-3.7.1.min.js',
  'public/polyfills-es2015.js',
  'public/main-es5.js',
  'public/app-v12.js',
  'public/lib.1.2.3.js',
  'public/locales/en-US.js',
  'public/locales/messages-zh-Hans-CN.json',
  'public/icon-192x192.png',
  'public/logo-512.png',
  'public/build-12345678.js',
  'public/1704067200000.json',
  'public/__NEXT_DATA__.json',
  'public/builds/meta/3f2b8c1e-9d47-4a6b-8f10-2c5d7e9a1b34.json',
  'public/emoji/1f468-1f3fb-200d-1f33e.svg',
  'public/emoji/1f9d1-200d-1f9bd-200d-27a1-fe0f.svg',
  'public/codec/avc1.42c00d.mp4',
  'public/codec/avc1.4d401e.mp4',
  'public/ui-bg_glass_55_1c1c1c_1x400.png',
  'public/ui-bg_highlight-soft_50_aaaaaa_1x100.png',
  'public/apis-v1beta1a.js',
  'public/cmaps/Adobe-GB1-UCS2.bcmap',
  'public/cmaps/78-EUC-RKSJ-H.bcmap',
  'public/cmaps/90msp-RKSJ-H.bcmap',
  'public/cmaps/Add-RKSJ-V.bcmap',
  'public/cmaps/GBK2K-V.bcmap',
  'public/cmaps/KSCms-UHC-HW-H.bcmap',
  'public/cmaps/UniJIS-UTF32-H.bcmap',
  'public/cmaps/UniKS-UCS2-V.bcmap',
  'public/fonts/mjx-ncm-gkbi.woff2',
  'public/three/FXAANode.js',
  'public/three/VXGIVolume.js',
  'public/crs/CRS.EPSG4326.js',
  'public/CHANGELOG',
  'public/.htaccess',
  'public/feedback-deadbeat.js',
  'public/aaaaaaaa.js',
  'public/components/Accessibility-Navigation.js',
  'public/secp256k1.js',
  'public/utf16le-decoder.js',
];

/** Abbreviations: kept, unless they stand among hashes of their shape. */
const KEPT_ALONE = ['public/cmyk2rgb.js', 'public/chroma-rgb2cmyk.js', 'public/NDFKBLPQ.js'];

describe('stableNames', () => {
  describe.each(Object.entries(LISTINGS))('%s', (_tool, names) => {
    const expected = Object.entries(names).flatMap(([name, paths]) =>
      paths.map((path): [string, string] => [path, name]),
    );
    const found = fingerprint(expected.map(([path]) => path)).names;

    it.each(expected)('%s -> %s', (path, name) => {
      expect(found.get(path)).toBe(name);
    });
  });

  it.each([...KEPT, ...KEPT_ALONE])('keeps %s', (path) => {
    expect(fingerprint([path]).names.get(path)).toBe(path);
  });

  it.each(Object.entries(LISTINGS))('keeps all of them together beside %s', (_tool, tool) => {
    const names = fingerprint([...KEPT, ...Object.values(tool).flat()]).names;
    expect(KEPT.filter((path) => names.get(path) !== path)).toEqual([]);
  });

  it('takes a doubtful token only beside sure ones of its shape', () => {
    const doubtful = 'dist/main-NDFKBLPQ.js';
    const sure = ['dist/chunk-YFUKKOJ3.js', 'dist/cart-6ILNWAKC.js'];
    expect(findHash(doubtful)).toMatchObject({ token: 'NDFKBLPQ', confidence: 'low' });
    expect(fingerprint([doubtful]).names.get(doubtful)).toBe(doubtful);
    expect(fingerprint([doubtful, ...sure]).names.get(doubtful)).toBe('dist/main-[hash].js');
  });

  it('takes a token with two separators in a row beside sure ones, and no word with them', () => {
    const sure = ['dist/main-BWI7R8I-.js', 'dist/report-BtovBuoh.js'];
    const paths = [
      ...sure,
      'dist/table-Ck__Ol_e.js',
      'dist/card-body__x.js',
      'dist/my-btn--big.js',
    ];
    const names = fingerprint(paths).names;
    expect(names.get('dist/table-Ck__Ol_e.js')).toBe('dist/table-[hash].js');
    expect(names.get('dist/card-body__x.js')).toBe('dist/card-body__x.js');
    expect(names.get('dist/my-btn--big.js')).toBe('dist/my-btn--big.js');
  });

  it('takes a number for a hash among hashes of its length, but never a date', () => {
    const hashes = ['dist/a.1f3acd08.js', 'dist/b.9bc07e4f.js', 'dist/c.0aa1fd97.js'];
    const names = fingerprint([...hashes, 'dist/main.73920485.js', 'dist/news.20240101.js']).names;
    expect(names.get('dist/main.73920485.js')).toBe('dist/main.[hash].js');
    expect(names.get('dist/news.20240101.js')).toBe('dist/news.20240101.js');
  });

  it('never gives a path the name of another one', () => {
    const paths = ['dist/index-[hash].js', 'dist/index-zv3nzGLU.js'];
    expect([...fingerprint(paths).names.values()]).toEqual(paths);
  });

  it('knows folders named after a build or a commit', () => {
    const path = 'deploy/9f86d081884c7d659a2feaa0c55ad015a3bf4f1b/app-zv3nzGLU.js';
    expect(fingerprint([path]).names.get(path)).toBe('deploy/[hash]/app-[hash].js');
    expect(fingerprint([path]).tokens).toEqual(
      new Set(['9f86d081884c7d659a2feaa0c55ad015a3bf4f1b', 'zv3nzGLU']),
    );
  });

  it('says nothing of no paths', () => {
    expect(fingerprint([]).names).toEqual(new Map());
    expect(fingerprint([]).tokens).toEqual(new Set());
  });
});

describe('hashTokens', () => {
  it('gives each token once, and no words', () => {
    const paths = ['a/index-zv3nzGLU.js', 'a/index-zv3nzGLU.js.map', 'a/user-settings.js'];
    expect(fingerprint(paths).tokens).toEqual(new Set(['zv3nzGLU']));
  });
});

describe('findHash', () => {
  it('says where the token stands', () => {
    expect(findHash('dist/assets/UserList--TdSKnE7.css')).toEqual({
      token: '-TdSKnE7',
      start: 21,
      end: 29,
      confidence: 'high',
    });
  });

  it('doubts short tokens, and lengths that no bundler writes by itself', () => {
    expect(findHash('dist/main.3fa9c1.js')?.confidence).toBe('low');
    expect(findHash('dist/main.3fa9c1d07b.js')?.confidence).toBe('low');
  });

  it.each(['', '/', '.', 'dist/', '-', '--------', 'dist/-.js', 'LICENSE', 'a/b/c.js'])(
    'finds nothing in %j',
    (path) => {
      expect(findHash(path)).toBeNull();
    },
  );
});

describe('isPlausibleHash', () => {
  it.each([
    ...[
      'zv3nzGLU',
      '-TdSKnE7',
      'YFUKKOJB',
      '3fa9c1',
      '703e841ea4cfde9682c9',
      'oeusekta',
      '1234567',
    ],
    ...['12345678', '0cz1d0mv5g_q7', 'V_PydeNh66-WrsjpSAWWM', 'a1b2c3d4e5f'],
    '3f2b8c1e-9d47-4a6b-8f10-2c5d7e9a1b34',
  ])('believes the user that %s is one', (token) => {
    expect(isPlausibleHash(token)).toBe(true);
  });

  it.each([
    ...[
      'settings',
      'profile',
      'bootstrap',
      'facade',
      'vendors',
      'polyfills',
      'UserList',
      'SETTINGS',
    ],
    ...[
      'user-profile',
      '20240101',
      '2024-01-01',
      'es2015',
      'zh-Hans',
      'min',
      '',
      'a.b3f09cde',
      '404',
    ],
  ])('does not believe that %j is one', (token) => {
    expect(isPlausibleHash(token)).toBe(false);
  });
});

const ALPHABETS = {
  hex: { digits: '0123456789abcdef', lengths: [8, 16, 20, 32] },
  base32: { digits: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', lengths: [8] },
  base36: { digits: '0123456789abcdefghijklmnopqrstuvwxyz', lengths: [8] },
  base64: {
    digits: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_',
    lengths: [8, 21],
  },
} as const;

const token = fc
  .constantFrom(...Object.values(ALPHABETS))
  .chain(({ digits, lengths }) =>
    fc
      .constantFrom<number>(...lengths)
      .chain((length) =>
        fc.string({ unit: fc.constantFrom(...digits), minLength: length, maxLength: length }),
      ),
  );

const stem = fc.constantFrom(
  'index',
  'user-profile',
  'vendor-facade',
  'i18n',
  '404',
  'a_b',
  '[hash]',
);
const folder = fc.constantFrom('', 'dist/', 'dist/assets/', '_next/static/NaIkJ3evo7MhuGE7CphDi/');
const extension = fc.constantFrom('.js', '.css', '.min.js', '.js.map', '.chunk.css', '.d.ts', '');

const path = fc
  .oneof(
    { weight: 5, arbitrary: fc.tuple(folder, stem, fc.constantFrom('-', '.'), token, extension) },
    { weight: 2, arbitrary: fc.tuple(folder, stem, extension) },
    { weight: 1, arbitrary: fc.tuple(folder, token, extension) },
    { weight: 1, arbitrary: fc.tuple(folder, stem, fc.constant('-[hash]'), extension) },
    { weight: 1, arbitrary: fc.tuple(fc.string()) },
  )
  .map((parts) => parts.join(''));
const listing = fc.array(path, { maxLength: 30 });

describe('properties', () => {
  test('names do not depend on the order of paths', () => {
    const shuffled = listing.chain((paths) =>
      fc.tuple(
        fc.constant(paths),
        fc.shuffledSubarray(paths, { minLength: paths.length, maxLength: paths.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([paths, others]) => {
        expect(new Map([...fingerprint(others).names].sort())).toEqual(
          new Map([...fingerprint(paths).names].sort()),
        );
      }),
    );
  });

  test('a path that keeps its name shares it with no other', () => {
    fc.assert(
      fc.property(listing, (paths) => {
        const names = fingerprint(paths).names;
        for (const [path, name] of names) {
          if (path !== name) expect(paths).not.toContain(name);
        }
      }),
    );
  });

  test('only tokens shaped like a hash are replaced, and the rest stays', () => {
    fc.assert(
      fc.property(listing, (paths) => {
        const tokens = fingerprint(paths).tokens;
        for (const [path, name] of fingerprint(paths).names) {
          if (path === name) continue;
          expect([...tokens].some((one) => isReplaced(path, name, one))).toBe(true);
        }
        for (const one of tokens) expect(one).toMatch(/^[\w-]{8,64}$/);
      }),
    );
  });

  test('a hash is found where it says', () => {
    fc.assert(
      fc.property(path, (one) => {
        const hash = findHash(one);
        if (hash !== null) expect(one.slice(hash.start, hash.end)).toBe(hash.token);
      }),
    );
  });
});

/** One of the tokens stands in the path where its name says `[hash]`; folders may add others. */
function isReplaced(path: string, name: string, one: string): boolean {
  const [before, ...rest] = name.split('[hash]');
  return rest.length > 0 && before !== undefined && path.startsWith(before) && path.includes(one);
}

/** Packages whose published files have hashes in their names. All others have none. */
const SHIP_HASHES = new Set([
  '@rolldown/pluginutils',
  '@vitest/mocker',
  '@vitest/runner',
  '@vitest/snapshot',
  '@vitest/utils',
  'fast-check',
  'pathe',
  'pure-rand',
  'rolldown',
  'vite',
  'vitest',
]);

test('finds no hash in the name of any file that npm installed here, but in those that have one', () => {
  const root = fileURLToPath(new URL('../../node_modules', import.meta.url));
  const paths = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
    // Caches of tools, such as .vite: npm did not install them.
    .filter((path) => !path.startsWith('.'));
  const packages = new Map<string, string[]>();
  for (const path of paths) {
    packages.set(packageOf(path), [...(packages.get(packageOf(path)) ?? []), path]);
  }

  const renamed = [...packages.values()].flatMap((files) =>
    [...fingerprint(files).names].filter(([path, name]) => path !== name).map(([path]) => path),
  );

  expect(paths.length).toBeGreaterThan(1_000);
  expect(renamed.filter((one) => !SHIP_HASHES.has(packageOf(one)))).toEqual([]);
  const shapes = /[-.](?=.{0,7}[A-Z\d_-])[\w-]{8}(?:\.d)?\.[cm]?[jt]s(?:\.map)?$/;
  expect(renamed.filter((one) => !shapes.test(one))).toEqual([]);
});

function packageOf(file: string): string {
  const inside = file.slice(file.lastIndexOf('node_modules/') + 1).replace(/^ode_modules\//, '');
  const [first = '', second = ''] = inside.split('/');
  return first.startsWith('@') ? `${first}/${second}` : first;
}
