import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { rspack, rspackVersion } from '@rspack/core';
import { STATS, statsFacts } from '../facts/stats.mjs';

export async function build(root) {
  const compiler = rspack({
    mode: 'production',
    context: root,
    entry: './src/main.jsx',
    devtool: 'source-map',
    output: {
      path: join(root, 'dist'),
      publicPath: '/',
      filename: 'assets/[name].[contenthash].js',
      cssFilename: 'assets/[name].[contenthash].css',
      assetModuleFilename: 'assets/[name].[contenthash:8][ext]',
    },
    module: {
      rules: [
        {
          test: /\.jsx$/,
          loader: 'builtin:swc-loader',
          options: {
            jsc: {
              parser: { syntax: 'ecmascript', jsx: true },
              transform: { react: { runtime: 'automatic' } },
            },
          },
        },
        { test: /\.css$/, type: 'css' },
      ],
    },
    plugins: [new rspack.HtmlRspackPlugin({ templateContent: PAGE })],
  });
  const stats = await promisify(compiler.run.bind(compiler))();
  if (stats.hasErrors()) throw new Error(stats.toString('errors-only'));
  const json = stats.toJson({ ...STATS, orphanModules: true });
  writeFileSync('dist/stats.json', JSON.stringify(json));
  return { version: rspackVersion, assets: statsFacts(json) };
}

const PAGE = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Ledger</title></head><body><div id="root"></div></body></html>
`;
