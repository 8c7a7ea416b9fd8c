// What a browser asks for when it opens a page and nobody touches it.
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';

const PLACES = [process.env.CHROME_PATH, '/usr/bin/chromium', '/usr/bin/google-chrome'];
const FLAGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--virtual-time-budget=4000',
  '--dump-dom',
];
const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** The path of a browser; undefined where there is none. */
export const browserPath = () => PLACES.find((path) => path !== undefined && existsSync(path));

/**
 * Files of `dist` that were requested.
 * @param prefix of the paths in URLs that lead to `dist`
 * @throws Error where the application has not started: requests of a broken page say nothing
 */
export async function requestsOf(browser, { dist, page, prefix }) {
  const requested = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const file = pathname.startsWith(prefix)
      ? decodeURIComponent(pathname.slice(prefix.length))
      : null;
    if (file !== null && file !== '') requested.push(file);
    serve(response, file === null || file === '' ? page : join(dist, file));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${server.address().port}/`;
  const { stdout } = await promisify(execFile)(browser, [...FLAGS, url], { maxBuffer: 1e8 });
  server.close();
  if (!stdout.includes('29 February 2024')) throw new Error(`${page} does not start in a browser`);
  return [...new Set(requested)];
}

function serve(response, path) {
  if (!existsSync(path) || !statSync(path).isFile()) return void response.writeHead(404).end();
  response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'text/plain' });
  response.end(readFileSync(path));
}
