import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

// Serves dist as a host in production would: gzip on text, long caching, index.html for every route.
// `vite preview` does not compress, so its transfer sizes are not those that visitors see.
const root = join(import.meta.dirname, 'dist');
const port = Number(process.argv[2] ?? 4173);
const types = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
};

const server = createServer(async ({ url = '/' }, response) => {
  const { pathname } = new URL(url, 'http://localhost');
  const path = extname(pathname) === '' ? '/index.html' : pathname;
  const body = await readFile(join(root, path)).catch(() => null);
  if (body === null) return response.writeHead(404).end('Not found');
  const type = types[extname(path)];
  response.setHeader('Content-Type', type ?? 'image/webp');
  response.setHeader('Cache-Control', path === '/index.html' ? 'no-cache' : 'max-age=31536000');
  if (type === undefined) return response.end(body);
  response.setHeader('Content-Encoding', 'gzip');
  return response.end(gzipSync(body));
});
server.listen(port, '127.0.0.1', () => console.log(`http://localhost:${server.address().port}/`));
