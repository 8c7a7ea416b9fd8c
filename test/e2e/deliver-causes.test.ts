import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { budget, installed, opened, page, pageBudget, snapshot } from '../support/build.ts';
import {
  type ForkStory,
  keepRecord,
  playForkStory,
  tellForkStory,
  uploadHead,
} from '../support/fork-story.ts';
import * as events from '../support/github/events.ts';
import { type Github, startGithub } from '../support/github/github.ts';
import { type ActionResult, runAction } from '../support/github/runner.ts';
import {
  foreignElements,
  LINKED,
  linksOf,
  proseOf,
  rendered,
} from '../support/rendered-markdown.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const OWN = { 'src/main.ts': 1_000 };
const BUDGETS = [
  budget({ name: 'App', files: 'dist/app.js', encoding: 'raw', max: 3_000 }),
  pageBudget({ name: 'Home', page: 'dist/index.html', encoding: 'raw', max: 3_000 }),
];
const HOME = page('dist/index.html', { initial: ['dist/index.html', 'dist/app.js'] });

let github: Github;
let story: ForkStory;
let workspace: string;

beforeAll(async () => {
  [github, story] = await Promise.all([startGithub(), tellForkStory()]);
});
afterAll(async () => {
  await Promise.all([github.close(), story.remove()]);
});
beforeEach(async () => {
  await github.reset();
  workspace = await mkdtemp(join(tmpdir(), 'weighbridge-deliver-'));
});
afterEach(async () => {
  await rm(workspace, { recursive: true, force: true });
  expect(await github.violations()).toEqual([]);
});

const html = opened('dist/index.html', {});

function headOf(inside: Record<string, number>, facts: Partial<Snapshot> = {}): Snapshot {
  const assets = [html, opened('dist/app.js', { ...OWN, ...inside })];
  return { ...snapshot({ commit: story.commits.M, assets, pages: [HOME] }), ...facts };
}

/** The only link of a comment: to the run that wrote it. */
const RUN = 'https://github.com/acme/shop/actions/runs/1';

/** What the privileged half makes of it. */
async function attack(head: Snapshot | string): Promise<ActionResult & { readonly body: string }> {
  const world = await playForkStory(github, story);
  const assets = [html, opened('dist/app.js', OWN)];
  await keepRecord(github, { commit: story.commits.B1, budgets: BUDGETS, assets, pages: [HOME] });
  await uploadHead(github, world, head);
  const result = await runAction({
    directory: ROOT,
    event: events.workflowRun(world.run),
    workspace,
    token: await github.mintToken(),
    apiUrl: github.apiUrl,
    runNumber: 900,
  });
  const [comment] = await github.comments(7);
  return { ...result, body: comment?.body ?? '' };
}

const HOSTILE = '@octocat <img src=x> [a](https://evil.example) | `x` #1 **b**';

describe("causes of a fork's run", () => {
  it('are told, and annotate nothing: the change is not on the branch of the run', async () => {
    const packages = [installed('moment', '2.30.1', { importer: 'src/main.ts' })];
    const { body, summary, annotations, outputs } = await attack(
      headOf({ 'node_modules/moment/a.js': 4_000 }, { packages }),
    );

    expect(outputs).toMatchObject({ verdict: 'fail', failed: '2' });
    for (const text of [body, summary]) {
      expect(text).toContain('`moment@2.30.1` is new (+4 kB), imported by `src/main.ts`');
    }
    expect(annotations).toEqual([]);
    const paths = (await github.requests()).map(({ path }) => path);
    expect(paths.some((path) => path.includes('/files'))).toBe(false);
  });

  it('are no markup, mention or link, in ids, packages, versions and importers', async () => {
    const packages = [
      installed('evil', HOSTILE, { importer: HOSTILE }),
      installed(HOSTILE, '1', { instance: `node_modules/${HOSTILE}` }),
    ];
    const inside = {
      'node_modules/evil/a.js': 4_000,
      [`node_modules/${HOSTILE}/b.js`]: 5_000,
      [HOSTILE]: 6_000,
    };
    const pages = [{ ...HOME, unresolved: [HOSTILE] }];
    const { body, summary, log } = await attack(headOf(inside, { packages, pages }));

    for (const text of [body, summary ?? '']) {
      const shown = rendered(text);
      expect(text).toContain('octocat &#60;img');
      expect(foreignElements(shown).filter((name) => name !== 'a')).toEqual([]);
      expect(linksOf(shown)).toEqual(text === body ? [RUN] : []);
      expect(proseOf(shown)).not.toMatch(LINKED);
      expect(proseOf(shown)).not.toContain('**');
    }
    expect(log).not.toMatch(/^::|##\[/m);
  });

  it('of 20,000 modules fit into a comment, soon', async () => {
    const inside = Object.fromEntries(
      Array.from({ length: 19_999 }, (_, index) => [`src/${'m'.repeat(150)}${index}.ts`, 10]),
    );
    const { body, outputs, durationMs } = await attack(headOf(inside));

    expect(outputs.verdict).toBe('fail');
    expect(body.length).toBeGreaterThan(100);
    expect(body.length).toBeLessThanOrEqual(65_536);
    expect(durationMs).toBeLessThan(30_000);
  }, 60_000);

  it('by __proto__ as an id name a module, and change no prototype', async () => {
    const evil = JSON.parse('{"__proto__": 4000, "constructor": 4000, "toString": 4000}');
    const { outputs, body } = await attack(headOf(evil));

    expect(outputs.verdict).toBe('fail');
    expect(body).toContain('`__proto__`');
    expect(body).toContain('`constructor`');
  });

  it('by a page that names a file twice count it once', async () => {
    const initial = ['dist/index.html', 'dist/app.js', 'dist/app.js', 'dist/app.js'];
    const pages = [page('dist/index.html', { initial, lazy: initial })];
    const { outputs } = await attack(headOf({ 'src/a.ts': 100 }, { pages }));

    expect(outputs.verdict).toBe('pass');
  });

  it('by a page that names files that are not there are no pass', async () => {
    const initial = ['dist/index.html', 'dist/app.js', '../../etc/passwd', '__proto__'];
    const pages = [page('dist/index.html', { initial })];
    const { outputs, body } = await attack(headOf({ 'src/a.ts': 100 }, { pages }));

    expect(outputs).toMatchObject({ verdict: 'fail', failed: '1' });
    expect(body).toContain('some of its files have no raw size');
    expect(body).not.toContain('passwd');
  });

  it('by importers in a circle end', async () => {
    const packages = [
      installed('a', '1', { importer: 'node_modules/b/i.js' }),
      installed('b', '1', { importer: 'node_modules/a/i.js' }),
    ];
    const head = headOf(
      { 'node_modules/a/i.js': 4_000, 'node_modules/b/i.js': 4_000 },
      { packages },
    );
    const importers = new Map([
      ['node_modules/a/i.js', 'node_modules/b/i.js'],
      ['node_modules/b/i.js', 'node_modules/a/i.js'],
    ]);
    const assets = head.assets.map((one) => ({
      ...one,
      modules: one.modules?.map((module) => ({ ...module, importer: importers.get(module.id) })),
    }));
    const { outputs, body } = await attack({ ...head, assets } as Snapshot);

    expect(outputs.verdict).toBe('fail');
    expect(body).toContain('is new (+4 kB)');
  });

  it('of 20,001 modules are refused, and nothing is written', async () => {
    const inside = Object.fromEntries(
      Array.from({ length: 20_000 }, (_, index) => [`src/${index}.ts`, 1]),
    );
    const { body, annotations, exitCode } = await attack(headOf(inside));

    expect({ body, exitCode }).toEqual({ body: '', exitCode: 0 });
    expect(annotations.map(({ message }) => message).join()).toContain('more than 20000 entries');
  });

  it.each([
    // No measurement shares out more than there is, and "main.ts grew by 9 PB" explains nothing.
    ['shares of more than the asset', '"raw":1000', '"raw":1301'],
    ['compressed shares of more than the asset', '"gzip":333', '"gzip":434'],
    ['negative bytes', '"raw":1000', '"raw":-1000'],
    ['an infinite share', '"raw":1000', '"raw":1e999'],
    ['an empty id', '"id":"src/main.ts"', '"id":""'],
    ['a line break in an id', '"id":"src/main.ts"', '"id":"a\\n::error::pwned"'],
    ['a load that is none', '"path":"dist/app.js"', '"load":"now","path":"dist/app.js"'],
    ['a page of another kind', '"kind":"file"', '"kind":"folder"'],
  ])('are refused with %s, and nothing is written', async (_, from, to) => {
    const head = JSON.stringify(headOf({}));
    const text = head.replace(from, to);
    expect(text).not.toBe(head);
    const { body, annotations, exitCode } = await attack(text);

    expect({ body, exitCode }).toEqual({ body: '', exitCode: 0 });
    expect(annotations.map(({ message }) => message).join()).toContain('Not delivered');
  });
});
