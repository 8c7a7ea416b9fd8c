// What Rollup, Rolldown and Vite say of their output, from the bundle that `generateBundle` gets.
import { relative } from 'node:path';

/** A plugin that has the facts, once the build is written. Last of all, so that it sees what others emit. */
export function rollupFacts(root, toHold) {
  return {
    name: 'facts',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        toHold.assets = assetsOf(root, bundle);
        toHold.initialModules = modulesAtOnce(this).map((id) => short(root, id));
      },
    },
  };
}

function assetsOf(root, bundle) {
  const outputs = Object.values(bundle).filter(({ fileName }) => !fileName.endsWith('.map'));
  const chunks = outputs.filter(({ type }) => type === 'chunk');
  const initial = closureOf(
    chunks.filter(({ isEntry }) => isEntry),
    bundle,
  );
  const styles = stylesOf(root, chunks, initial);
  return outputs
    .filter(({ fileName }) => !fileName.startsWith('.vite/'))
    .map((output) => {
      if (output.type === 'chunk') return chunkFacts(root, output, initial);
      return { file: output.fileName, ...(styles.get(output.fileName) ?? assetFacts(output)) };
    });
}

function chunkFacts(root, chunk, initial) {
  const modules = Object.keys(chunk.modules).map((id) => short(root, id));
  return { file: chunk.fileName, key: keyOf(root, chunk), load: loadOf(chunk, initial), modules };
}

function assetFacts({ fileName, originalFileNames, names }) {
  const name = originalFileNames?.[0] ?? names?.[0] ?? null;
  return { key: fileName.endsWith('.html') ? `${fileName} (page)` : name, load: null };
}

const loadOf = (chunk, initial) => (initial.has(chunk.fileName) ? 'initial' : 'lazy');

// Of modules, not of chunks: a module without code is in no chunk.
function modulesAtOnce(context) {
  const ids = [...context.getModuleIds()];
  const found = new Set(ids.filter((id) => context.getModuleInfo(id).isEntry));
  for (const id of found) {
    for (const imported of context.getModuleInfo(id).importedIds) found.add(imported);
  }
  return [...found];
}

function closureOf(entries, bundle) {
  const found = new Set();
  const waiting = entries.map(({ fileName }) => fileName);
  for (const file of waiting) {
    if (found.has(file)) continue;
    found.add(file);
    waiting.push(...(bundle[file]?.imports ?? []));
  }
  return found;
}

// A chunk's style sheets are Vite's idea, which leaves them on the chunk. Those of the page come last, and stay.
function stylesOf(root, chunks, initial) {
  const inOrder = chunks.toSorted((a, b) => loadOf(b, initial).localeCompare(loadOf(a, initial)));
  const entries = inOrder.flatMap((chunk) =>
    [...(chunk.viteMetadata?.importedCss ?? [])].map((file) => [
      file,
      { key: `${keyOf(root, chunk)} (style)`, load: loadOf(chunk, initial) },
    ]),
  );
  return new Map(entries);
}

// A shared chunk has a name only, which the bundler takes from one of its modules.
function keyOf(root, chunk) {
  const isOwn = chunk.isEntry || chunk.isDynamicEntry;
  return isOwn && chunk.facadeModuleId !== null
    ? short(root, chunk.facadeModuleId)
    : `chunk ${chunk.name}`;
}

const short = (root, id) => relative(root, id.replaceAll('\0', '').replace(/\?.*$/, ''));
