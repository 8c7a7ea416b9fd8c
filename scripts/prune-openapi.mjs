// Cuts GitHub's own OpenAPI description down to what our tests need:
//
//   node scripts/prune-openapi.mjs [DIRECTORY OF AN INSTALLED @octokit/openapi]
//
// The package is 385 MB installed, so it is never a dependency: without a directory the pinned
// version goes into a temporary folder. The output is the same, byte for byte, for one version.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const VERSION = '23.0.2';
const TARGET = fileURLToPath(new URL('../test/support/github/openapi/', import.meta.url));

/** Paths that the product calls, or will soon. A call to any other fails a test: add it here first. */
const OPERATIONS = {
  '/app/installations/{installation_id}/access_tokens': ['post'],
  '/repos/{owner}/{repo}': ['get'],
  '/repos/{owner}/{repo}/actions/artifacts': ['get'],
  '/repos/{owner}/{repo}/actions/artifacts/{artifact_id}': ['get', 'delete'],
  '/repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}': ['get'],
  '/repos/{owner}/{repo}/actions/runs': ['get'],
  '/repos/{owner}/{repo}/actions/runs/{run_id}': ['get'],
  '/repos/{owner}/{repo}/actions/runs/{run_id}/artifacts': ['get'],
  '/repos/{owner}/{repo}/activity': ['get'],
  '/repos/{owner}/{repo}/check-runs': ['post'],
  '/repos/{owner}/{repo}/check-runs/{check_run_id}': ['get', 'patch'],
  '/repos/{owner}/{repo}/check-runs/{check_run_id}/annotations': ['get'],
  '/repos/{owner}/{repo}/commits': ['get'],
  '/repos/{owner}/{repo}/commits/{commit_sha}/pulls': ['get'],
  '/repos/{owner}/{repo}/commits/{ref}': ['get'],
  '/repos/{owner}/{repo}/commits/{ref}/check-runs': ['get'],
  '/repos/{owner}/{repo}/compare/{basehead}': ['get'],
  '/repos/{owner}/{repo}/contents/{path}': ['get', 'put'],
  '/repos/{owner}/{repo}/git/blobs': ['post'],
  '/repos/{owner}/{repo}/git/blobs/{file_sha}': ['get'],
  '/repos/{owner}/{repo}/git/commits': ['post'],
  '/repos/{owner}/{repo}/git/commits/{commit_sha}': ['get'],
  '/repos/{owner}/{repo}/git/matching-refs/{ref}': ['get'],
  '/repos/{owner}/{repo}/git/ref/{ref}': ['get'],
  '/repos/{owner}/{repo}/git/refs': ['post'],
  '/repos/{owner}/{repo}/git/refs/{ref}': ['patch', 'delete'],
  '/repos/{owner}/{repo}/git/trees': ['post'],
  '/repos/{owner}/{repo}/git/trees/{tree_sha}': ['get'],
  '/repos/{owner}/{repo}/issues/comments/{comment_id}': ['get', 'patch', 'delete'],
  '/repos/{owner}/{repo}/issues/{issue_number}/comments': ['get', 'post'],
  '/repos/{owner}/{repo}/issues/{issue_number}/events': ['get'],
  '/repos/{owner}/{repo}/issues/{issue_number}/labels': ['get', 'post'],
  '/repos/{owner}/{repo}/pulls': ['get'],
  '/repos/{owner}/{repo}/pulls/{pull_number}': ['get'],
  '/repos/{owner}/{repo}/pulls/{pull_number}/files': ['get'],
  '/user': ['get'],
};

const WEBHOOKS = [
  'merge-group-checks-requested',
  'pull-request-opened',
  'pull-request-synchronize',
  'push',
  'workflow-dispatch',
  'workflow-run-completed',
];

/** Prose and pictures: nothing that a validator reads. */
const PROSE = new Set([
  'description',
  'summary',
  'tags',
  'externalDocs',
  'example',
  'examples',
  'deprecated',
  'title',
]);

/** Keys whose children are names, not keywords. */
const MAPS = new Set([
  'properties',
  'patternProperties',
  'responses',
  'headers',
  'content',
  'schemas',
]);

main(process.argv[2]);

function main(given) {
  const temporary = given === undefined ? install() : null;
  try {
    const source = given ?? join(temporary, 'node_modules/@octokit/openapi');
    const { version, license } = readJson(join(source, 'package.json'));
    const whole = readJson(join(source, 'generated/api.github.com.json'));
    const origin = { source: `@octokit/openapi ${version}, api.github.com`, license };
    save('api.json', { ...origin, ...withComponents({ paths: pickPaths(whole) }, whole) });
    save('webhooks.json', {
      ...origin,
      ...withComponents({ webhooks: pickWebhooks(whole) }, whole),
    });
  } finally {
    if (temporary !== null) rmSync(temporary, { recursive: true, force: true });
  }
}

function install() {
  const directory = mkdtempSync(join(tmpdir(), 'openapi-'));
  const options = [
    '--prefix',
    directory,
    '--no-save',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
  ];
  execFileSync('npm', ['install', ...options, `@octokit/openapi@${VERSION}`], { stdio: 'inherit' });
  return directory;
}

function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

function pickPaths(whole) {
  return Object.fromEntries(
    Object.entries(OPERATIONS).map(([path, methods]) => [
      path,
      pickOperations(whole, path, methods),
    ]),
  );
}

function pickOperations(whole, path, methods) {
  return Object.fromEntries(
    methods.map((method) => {
      const operation = whole.paths[path]?.[method];
      if (operation === undefined) throw new Error(`GitHub's description has no ${method} ${path}`);
      const { operationId, parameters = [], requestBody, responses } = operation;
      return [method, strip({ operationId, parameters, requestBody, responses })];
    }),
  );
}

function pickWebhooks(whole) {
  return Object.fromEntries(
    WEBHOOKS.map((name) => {
      const body = whole['x-webhooks'][name].post.requestBody;
      return [name, strip(body.content['application/json'].schema)];
    }),
  );
}

/** Without prose. A property that happens to be called `description` is a schema, not prose, and stays. */
function strip(node, isMap = false) {
  if (Array.isArray(node)) return node.map((item) => strip(item));
  if (node === null || typeof node !== 'object') return node;
  const kept = Object.entries(node).filter(
    ([key, value]) => value !== undefined && (isMap || !(PROSE.has(key) || key.startsWith('x-'))),
  );
  return Object.fromEntries(
    kept.map(([key, value]) => [key, strip(value, MAPS.has(key) && !isMap)]),
  );
}

/** Adds whatever the given part refers to, directly or through others, in alphabetical order. */
function withComponents(part, whole) {
  const found = new Map();
  const queue = references(part);
  while (queue.length > 0) {
    const reference = queue.pop();
    if (found.has(reference)) continue;
    const component = strip(resolve(whole, reference));
    found.set(reference, component);
    queue.push(...references(component));
  }
  const components = {};
  for (const reference of [...found.keys()].sort()) {
    const [, , kind, name] = reference.split('/');
    components[kind] ??= {};
    components[kind][name] = found.get(reference);
  }
  return { ...part, components };
}

function references(node) {
  if (node === null || typeof node !== 'object') return [];
  const own = typeof node.$ref === 'string' ? [node.$ref] : [];
  return [...own, ...Object.values(node).flatMap(references)];
}

function resolve(whole, reference) {
  return reference
    .slice(2)
    .split('/')
    .reduce((node, key) => node[key], whole);
}

/** One line an operation, webhook or component, so that an update can be read in a diff. */
function save(name, document) {
  const text = `${lines(document, 3)}\n`;
  writeFileSync(join(TARGET, name), text);
  console.log(`${name}: ${Math.round(text.length / 1000)} kB`);
}

function lines(node, depth) {
  if (depth === 0 || node === null || typeof node !== 'object' || Array.isArray(node)) {
    return JSON.stringify(node);
  }
  const rows = Object.entries(node).map(
    ([key, value]) => `${JSON.stringify(key)}:${lines(value, depth - 1)}`,
  );
  return `{\n${rows.join(',\n')}\n}`;
}
