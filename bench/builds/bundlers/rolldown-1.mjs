import { transform } from 'esbuild';
import { rolldown, VERSION } from 'rolldown';
import { rollupFacts } from '../facts/rollup.mjs';
import { withPage } from './rollup-4.mjs';
import { styles } from './styles.mjs';

export async function build(root) {
  const facts = { version: VERSION };
  const bundle = await rolldown({
    input: 'src/main.jsx',
    platform: 'browser',
    transform: { define: { 'process.env.NODE_ENV': '"production"' } },
    plugins: [
      styles(root, async (text) => (await transform(text, { loader: 'css', minify: true })).code),
      rollupFacts(root, facts),
    ],
  });
  await bundle.write({
    dir: 'dist',
    sourcemap: true,
    minify: true,
    entryFileNames: 'assets/[name]-[hash].js',
    chunkFileNames: 'assets/[name]-[hash].js',
  });
  return withPage(root, facts);
}
