import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as events from '../support/github/events.ts';
import { type Github, startGithub } from '../support/github/github.ts';
import { openShop, type Shop, type ShopRun } from '../support/github/shop.ts';
import { tracedBuild } from '../support/traced-build.ts';

const HOME = { name: 'Home', page: 'dist/index.html', encoding: 'raw' };
const CONFIG = {
  encodings: ['raw', 'gzip'],
  budgets: [
    { ...HOME, max: '4 kB', maxIncrease: '500 B' },
    { name: 'Moment', package: 'moment', encoding: 'raw', max: '5 kB', optional: true },
  ],
};
const REPORT =
  "@@ -1,2 +1,3 @@\n import React from 'react';\n+import moment from 'moment';\n export {};";
const FILES = [
  { filename: 'web/Report.tsx', status: 'modified', patch: REPORT },
  { filename: 'web/logo.png', status: 'added' },
] as const;

let github: Github;
let shop: Shop;

beforeAll(async () => {
  github = await startGithub();
});
afterAll(() => github.close());
beforeEach(async () => {
  await github.reset();
  shop = await openShop(github, CONFIG);
});
afterEach(async () => {
  // Whatever a test is about: no request may break GitHub's own description of its API.
  expect(await github.violations()).toEqual([]);
  const ours = (await github.warnings()).filter(({ servedBy }) => servedBy === 'ours');
  expect(ours, 'what we serve ourselves keeps to it as well').toEqual([]);
});

/** Main is built and recorded; pull request 7 brings moment in. */
async function bringMomentIn(): Promise<events.RunnerEvent> {
  await shop.commit(tracedBuild('src'));
  await shop.pushMain(1_000);
  const baseSha = await shop.tip('main');
  await shop.go('feature', 'main');
  const head = await shop.commit(tracedBuild('src', { packages: { moment: 4_000 } }));
  const facts = { headSha: head, baseSha, mergeSha: await shop.testMerge(head) };
  const seed = await github.addPull(facts);
  await github.setPullFiles(7, FILES);
  return events.pullRequest({ ...facts, ...seed });
}

const noticesOf = ({ annotations }: ShopRun) =>
  annotations.filter(({ level }) => level === 'notice');

describe('a pull request whose page is broken by a new package', () => {
  it('is told so with the cause: comment, summary, outputs, and the line of the import', async () => {
    const run = await shop.run(await bringMomentIn());

    expect(run.exitCode).toBe(1);
    expect(run.outputs).toMatchObject({ verdict: 'fail', failed: '1' });
    const [comment, ...others] = await github.comments(7);
    expect(others).toEqual([]);
    for (const text of [comment?.body ?? '', run.summary ?? '']) {
      const [sentence] = text.split('\n').filter((line) => line.startsWith('###'));
      expect(sentence).toMatch(/1 of 2 budgets is broken: Home is 1\.\d+ kB over its 4 kB/);
      const cause = '`moment` is new (+4 kB), imported by `web/Report.tsx`';
      expect(sentence).toContain(cause);
      expect(text).toContain(`**Why Home grew by 4 kB**: ${cause}.`);
    }
    expect(noticesOf(run)).toEqual([expect.objectContaining({ file: 'web/Report.tsx', line: 2 })]);
    expect(noticesOf(run)[0]?.message).toBe('moment is new (+4 kB): it comes in here');
    expect(run.annotations.find(({ level }) => level === 'error')?.message).toContain('moment');
    expect(run.report?.causes[0]).toMatchObject({ kind: 'added', package: 'moment', bytes: 4_000 });
  }, 60_000);

  it('keeps its verdict, and says it in the log alone, where files cannot be asked for', async () => {
    const event = await bringMomentIn();
    const permissions = { contents: 'read', actions: 'read' } as const;
    const run = await shop.run(event, { token: await github.mintToken(permissions) });

    expect(run.outputs).toMatchObject({ verdict: 'fail', failed: '1' });
    expect(run.log).toMatch(/Nothing is noted on the lines that import what is new: .+/);
    expect(noticesOf(run).filter(({ file }) => file !== undefined)).toEqual([]);
    expect(run.annotations.filter(({ level }) => level === 'warning')).toEqual([]);
    expect(run.summary).toContain('moment');
  }, 60_000);

  it.each([
    ['down', { kind: 'server-error', status: 500, times: 20 }],
    ['refused', { kind: 'forbidden' }],
  ] as const)(
    'comments all the same where the list of files is %s',
    async (_, fault) => {
      const event = await bringMomentIn();
      await github.fault({ ...fault, path: /pulls\/7\/files/ });
      const run = await shop.run(event);

      expect(run.outputs.verdict).toBe('fail');
      expect(await github.comments(7)).toHaveLength(1);
      expect(noticesOf(run)).toEqual([]);
      expect(run.log).toContain('Nothing is noted');
    },
    120_000,
  );

  it('comments before it asks for the list of files, and asks for that once', async () => {
    const event = await bringMomentIn();
    await github.fault({ kind: 'server-error', status: 500, times: 20, path: /pulls\/7\/files/ });
    await shop.run(event);

    const asked = (await github.requests()).map(({ method, path }) => `${method} ${path}`);
    const files = asked.filter((one) => one.includes('/pulls/7/files'));
    expect(files).toHaveLength(1);
    const comment = asked.findIndex((one) => /^POST .*\/issues\/7\/comments/.test(one));
    expect(comment).toBeGreaterThan(-1);
    expect(asked.findIndex((one) => one.includes('/pulls/7/files'))).toBeGreaterThan(comment);
  }, 120_000);

  it('notes nothing where the change does not touch the line', async () => {
    const event = await bringMomentIn();
    await github.setPullFiles(7, [{ ...FILES[0], patch: '@@ -9,1 +9,1 @@\n+const a = 1;' }]);

    expect(noticesOf(await shop.run(event))).toEqual([]);
  }, 60_000);
});
