// What is known of Next's output. Its chunks have no names, so an asset is told by the sources in its map, and
// what "/" loads at once by the page that Next has rendered for it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

export function nextFacts(root) {
  const dist = join(root, '.next');
  const page = readFileSync(join(dist, 'server/app/index.html'), 'utf8');
  const initial = initialOf(page);
  const files = readdirSync(join(dist, 'static'), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.map'))
    .map((entry) => relative(dist, join(entry.parentPath, entry.name)));
  return files.map((file) => ({
    file,
    key: keyOf(file),
    load: initial.has(file) ? 'initial' : null,
    modules: sourcesOf(join(dist, file)),
  }));
}

function initialOf(page) {
  const tags = page.match(/<(script|link)\b[^>]*>/g).filter(isLoaded);
  return new Set(tags.flatMap((tag) => /(?:src|href)="\/_next\/([^"?]+)/.exec(tag)?.[1] ?? []));
}

const isLoaded = (tag) =>
  !/nomodule/i.test(tag) && (/^<script/.test(tag) || /rel="stylesheet"/.test(tag));

// Media keep their names, the files of a build are called the same in every build, and so are webpack's entries,
// which have words in front of their hashes. Other chunks have numbers, or a hash as their name.
function keyOf(file) {
  const media = /^static\/media\/([^.]+)\..*(\.\w+)$/.exec(file);
  if (media !== null) return `${media[1]}${media[2]}`;
  const named = /^static\/(?:.+\/(_\w+)|chunks\/([a-z/_-]+)-[0-9a-f]{16})\.js$/.exec(file);
  return named?.[1] ?? named?.[2] ?? null;
}

// Turbopack's maps are named by their own hashes: the comment tells which is whose.
function sourcesOf(path) {
  const comment = /\/[/*]# sourceMappingURL=([^\s*]+)/.exec(readFileSync(path, 'latin1'));
  const mapPath = join(dirname(path), decodeURIComponent(comment?.[1] ?? 'none'));
  if (!existsSync(mapPath)) return [];
  const map = JSON.parse(readFileSync(mapPath, 'utf8'));
  const sources = map.sections?.flatMap((section) => section.map.sources) ?? map.sources;
  return [...new Set(sources)].map(short);
}

const short = (source) =>
  source.replace(/^(turbopack|webpack):\/\/\/?(\[project\]|_N_E)\/(\.\/)?/, '');
