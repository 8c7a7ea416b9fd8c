// What webpack's and Rspack's stats say of their output.
const EVERYTHING = Number.POSITIVE_INFINITY;

/** The least that tells which asset is which, what is inside, and who asked for it: a tenth of all that could be. */
export const STATS = {
  all: false,
  assets: true,
  cachedAssets: true,
  cachedModules: true,
  chunkGroupAuxiliary: true,
  chunkGroups: true,
  chunkOrigins: true,
  chunkRelations: true,
  chunks: true,
  dependentModules: true,
  entrypoints: true,
  hash: true,
  ids: true,
  modules: true,
  nestedModules: true,
  outputPath: true,
  publicPath: true,
  reasons: true,
  runtimeModules: true,
  version: true,
  assetsSpace: EVERYTHING,
  chunkGroupMaxAssets: EVERYTHING,
  chunkModulesSpace: EVERYTHING,
  modulesSpace: EVERYTHING,
  nestedModulesSpace: EVERYTHING,
  reasonsSpace: EVERYTHING,
  groupAssetsByChunk: false,
  groupAssetsByEmitStatus: false,
  groupAssetsByExtension: false,
  groupAssetsByInfo: false,
  groupAssetsByPath: false,
  groupModulesByAttributes: false,
  groupModulesByCacheStatus: false,
  groupModulesByExtension: false,
  groupModulesByLayer: false,
  groupModulesByPath: false,
  groupModulesByType: false,
  groupReasonsByOrigin: false,
};

export function statsFacts({ assets, chunks, entrypoints, modules }) {
  const initial = new Set(
    Object.values(entrypoints).flatMap((point) => point.assets.map((asset) => asset.name)),
  );
  return assets
    .filter(({ name }) => /\.(js|css|png|woff2)$/.test(name))
    .map(({ name: file, info }) => {
      const source = info.sourceFilename ?? null;
      if (source !== null) return { file, key: source, load: null };
      const chunk = chunks.find(({ files }) => files.includes(file));
      const load = initial.has(file) ? 'initial' : 'lazy';
      return { file, key: keyOf(chunk, file), load, modules: inside(chunk, modules) };
    });
}

function inside({ id }, modules) {
  return modules
    .filter(({ chunks = [] }) => chunks.includes(id))
    .flatMap((module) => module.modules ?? [module])
    .map(({ name }) => name);
}

// The request that a lazy chunk was made for; a chunk that several asked for has no name of its own.
function keyOf(chunk, file) {
  const kind = file.endsWith('.css') ? ' (style)' : '';
  if (chunk.initial) return `${chunk.names[0] ?? 'shared'}${kind}`;
  const requests = [
    ...new Set(chunk.origins.map(({ moduleName, request }) => `${moduleName} > ${request}`)),
  ];
  const split = chunk.reason ? ` (${chunk.reason.replace(/ \(name: .*?\)/, '')})` : '';
  return requests.length === 1 ? `${requests[0]}${split}${kind}` : null;
}
