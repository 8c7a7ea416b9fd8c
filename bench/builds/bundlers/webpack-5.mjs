import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { STATS, statsFacts } from '../facts/stats.mjs';

const PLUGINS = [
  'webpack',
  'mini-css-extract-plugin',
  'html-webpack-plugin',
  'css-minimizer-webpack-plugin',
];

export async function build(root) {
  // The paths of loaders are part of the ids of modules, so all of it is the project's own.
  const require = createRequire(join(root, 'package.json'));
  const [webpack, MiniCssExtractPlugin, HtmlWebpackPlugin, CssMinimizerPlugin] = PLUGINS.map(
    (name) => require(name),
  );
  const compiler = webpack({
    mode: 'production',
    context: root,
    entry: './src/main.jsx',
    devtool: 'source-map',
    output: {
      path: join(root, 'dist'),
      publicPath: '/',
      filename: 'assets/[name].[contenthash].js',
      assetModuleFilename: 'assets/[name].[contenthash:8][ext]',
    },
    module: {
      rules: [
        { test: /\.jsx$/, loader: 'esbuild-loader', options: { jsx: 'automatic' } },
        { test: /\.css$/, use: [MiniCssExtractPlugin.loader, 'css-loader'] },
      ],
    },
    optimization: { minimizer: ['...', new CssMinimizerPlugin()] },
    plugins: [
      new HtmlWebpackPlugin({ templateContent: PAGE }),
      new MiniCssExtractPlugin({ filename: 'assets/[name].[contenthash].css' }),
    ],
  });
  const stats = await promisify(compiler.run.bind(compiler))();
  if (stats.hasErrors()) throw new Error(stats.toString('errors-only'));
  const json = stats.toJson(STATS);
  writeFileSync('stats.json', JSON.stringify(json));
  return { version: webpack.version, assets: statsFacts(json) };
}

const PAGE = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Ledger</title></head><body><div id="root"></div></body></html>
`;
