import commonjs from '@rollup/plugin-commonjs';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import replace from '@rollup/plugin-replace';
import terser from '@rollup/plugin-terser';
import { transform } from 'esbuild';
import { rollup, VERSION } from 'rollup';
import { writePage } from '../facts/page.mjs';
import { rollupFacts } from '../facts/rollup.mjs';
import { styles } from './styles.mjs';

export async function build(root) {
  const facts = { version: VERSION };
  const bundle = await rollup({
    input: 'src/main.jsx',
    jsx: { mode: 'automatic' },
    onwarn: () => {},
    plugins: [
      nodeResolve({ browser: true }),
      commonjs(),
      replace({ 'process.env.NODE_ENV': '"production"', preventAssignment: true }),
      styles(root, async (text) => (await transform(text, { loader: 'css', minify: true })).code),
      terser(),
      rollupFacts(root, facts),
    ],
  });
  await bundle.write({
    dir: 'dist',
    sourcemap: true,
    entryFileNames: 'assets/[name]-[hash].js',
    chunkFileNames: 'assets/[name]-[hash].js',
  });
  return withPage(root, facts);
}

/** Writes the page with the styles of all that is loaded at once, and says so of these. */
export function withPage(root, facts) {
  const entry = facts.assets.find(({ key }) => key === 'src/main.jsx');
  const assets = facts.assets.map((asset) =>
    asset.file.endsWith('.css')
      ? { ...asset, load: facts.initialModules.includes(asset.key) ? 'initial' : 'lazy' }
      : asset,
  );
  const linked = assets.filter(({ file, load }) => file.endsWith('.css') && load === 'initial');
  writePage(root, { scripts: [entry.file], styles: linked.map(({ file }) => file) });
  return { ...facts, assets };
}
