import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';

const PAGE = 'web/index.html';

export async function build(root) {
  movePage(root);
  // Its runtime is part of the output, under the path that it has: the project's own.
  const require = createRequire(join(root, 'package.json'));
  const { Parcel } = require('@parcel/core');
  const parcel = new Parcel({
    entries: join(root, PAGE),
    defaultConfig: require.resolve('@parcel/config-default'),
    mode: 'production',
    shouldDisableCache: true,
    cacheDir: join(root, '.parcel-cache'),
    defaultTargetOptions: {
      distDir: join(root, 'dist'),
      publicUrl: '/',
      shouldOptimize: true,
      sourceMaps: true,
      shouldScopeHoist: true,
    },
    env: { NODE_ENV: 'production' },
  });
  const { bundleGraph } = await parcel.run();
  return {
    version: require('@parcel/core/package.json').version,
    assets: factsOf(root, bundleGraph),
  };
}

// Parcel names what an index.html loads after the folder that it is in (past `src`), and that of a project is
// another one wherever it is built.
function movePage(root) {
  const page = readFileSync(join(root, 'index.html'), 'utf8');
  mkdirSync(join(root, 'web'));
  writeFileSync(join(root, PAGE), page.replace('/src/main.jsx', '../src/main.jsx'));
  rmSync(join(root, 'index.html'));
}

function factsOf(root, graph) {
  const bundles = graph.getBundles();
  const lazy = new Set(bundles.filter((bundle) => isLazy(graph, bundle)));
  return bundles.map((bundle) => {
    const modules = [];
    bundle.traverseAssets((asset) => void modules.push(relative(root, asset.filePath)));
    const load = /^(js|css)$/.test(bundle.type) ? (lazy.has(bundle) ? 'lazy' : 'initial') : null;
    return {
      file: relative(join(root, 'dist'), bundle.filePath),
      key: keyOf(root, graph, bundle),
      load,
      modules,
    };
  });
}

// Initial is what stands in a group of bundles whose entry is a page's; the rest waits for an import().
function isLazy(graph, bundle) {
  return !graph.getBundleGroupsContainingBundle(bundle).some((group) => {
    return graph.getBundlesInBundleGroup(group).some(({ type }) => type === 'html');
  });
}

// A style sheet made of many has no entry: it goes by the script that it is loaded with.
function keyOf(root, graph, bundle) {
  const entry = bundle.getMainEntry();
  if (entry) return relative(root, entry.filePath);
  const beside = graph
    .getBundleGroupsContainingBundle(bundle)
    .flatMap((group) => graph.getBundlesInBundleGroup(group))
    .filter(({ type }) => type === 'js')
    .map((script) => script.getMainEntry()?.filePath);
  return new Set(beside).size === 1 && beside[0]
    ? `${relative(root, beside[0])} (${bundle.type})`
    : null;
}
