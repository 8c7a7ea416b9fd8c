import { writeFileSync } from 'node:fs';
import { build as esbuild, version } from 'esbuild';
import { metafileFacts } from '../facts/metafile.mjs';
import { writePage } from '../facts/page.mjs';

export async function build(root) {
  const { metafile } = await esbuild({
    entryPoints: ['src/main.jsx'],
    bundle: true,
    splitting: true,
    format: 'esm',
    minify: true,
    sourcemap: true,
    metafile: true,
    jsx: 'automatic',
    outdir: 'dist',
    publicPath: '/',
    entryNames: 'assets/[name]-[hash]',
    chunkNames: 'assets/[name]-[hash]',
    assetNames: 'assets/[name]-[hash]',
    loader: { '.png': 'file', '.woff2': 'file' },
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  writeFileSync('meta.json', JSON.stringify(metafile));
  const assets = metafileFacts(metafile);
  const entry = assets.filter(({ key }) => key?.startsWith('src/main.jsx'));
  writePage(root, {
    scripts: entry.map(({ file }) => file).filter((file) => file.endsWith('.js')),
    styles: entry.map(({ file }) => file).filter((file) => file.endsWith('.css')),
  });
  return { version, assets };
}
