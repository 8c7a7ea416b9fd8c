import { describe, expect, it } from 'vitest';
import { factsOf, plain } from '../support/metadata.ts';

const FILES = {
  'main.js': '/static/js/main.2f3c91ab.js',
  'main.css': '/static/css/main.11cc04f7.css',
  'static/js/453.8ab44547.chunk.js': '/static/js/453.8ab44547.chunk.js',
  'static/media/logo.svg': '/static/media/logo.6ce24c58.svg',
  'index.html': '/index.html',
};
const ASSETS = Object.values(FILES).map((path) => `build${path}`);
const NAMED = {
  'build/static/js/main.2f3c91ab.js': '~main.js',
  'build/static/css/main.11cc04f7.css': '~main.css',
  'build/static/media/logo.6ce24c58.svg': '~static/media/logo.svg',
};

describe('a manifest of names', () => {
  it('as create-react-app writes it gives names, but not to chunks that have none', async () => {
    const manifest = { files: FILES, entrypoints: ['static/js/main.2f3c91ab.js'] };
    const { origins } = await factsOf({ 'build/asset-manifest.json': manifest }, ASSETS);
    expect(plain(origins)).toEqual(NAMED);
  });

  it('as plugins write it gives names', async () => {
    const { origins } = await factsOf({ 'build/manifest.json': FILES }, ASSETS);
    expect(plain(origins)).toEqual(NAMED);
  });

  it('with hashes in queries only gives none: paths do', async () => {
    const mix = { '/js/app.js': '/js/app.js?id=68b329da9893e34099c7' };
    const { origins } = await factsOf({ 'public/mix-manifest.json': mix }, ['public/js/app.js']);
    expect(plain(origins)).toEqual({});
  });

  it('of a web app, or of strings that are no files, gives none', async () => {
    const app = { name: 'App', start_url: '/', display: 'standalone' };
    expect(plain((await factsOf({ 'build/manifest.json': app }, ASSETS)).origins)).toEqual({});
  });
});
