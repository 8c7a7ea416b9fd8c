import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { workflowOf } from '../src/commands/init-workflow.ts';
import { type Linters, loadLinters, stepsOf } from './support/lint-workflows.ts';
import { memoryHost } from './support/memory-host.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FOLDER = '.github/workflows';
const OWN = readdirSync(join(ROOT, FOLDER)).map((name) => `${FOLDER}/${name}`);

let linters: Linters;
beforeAll(async () => {
  linters = await loadLinters();
});

function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** Workflows that are written for users, by what they are for. */
async function written(): Promise<Map<string, string>> {
  const examples = ['vite/weighbridge.yml', 'workflows/check.yml', 'workflows/deliver.yml'];
  const texts = new Map(examples.map((path) => [path, read(`examples/${path}`)]));
  const locks = ['package-lock.json', 'pnpm-lock.yaml', 'yarn.lock', 'bun.lock', 'none'];
  for (const lock of locks) {
    for (const folder of ['', 'packages/my shop']) {
      for (const scripts of [{ build: 'vite build' }, {}]) {
        const host = memoryHost({ [lock]: '', 'package.json': JSON.stringify({ scripts }) });
        const { text } = await workflowOf(folder, host.cwd, host);
        texts.set(`init, ${lock}, "${folder}", ${JSON.stringify(scripts)}`, text);
      }
    }
  }
  return texts;
}

describe('the linters', () => {
  it('know a broken workflow', async () => {
    const text = read(`${FOLDER}/ci.yml`);
    const broken = text
      .replace('contents: read', 'contnts: read')
      .replace('matrix.node', 'matrx.a');
    expect((await linters.workflow(broken)).length).toBeGreaterThan(1);
  });

  it('know a broken action', async () => {
    const broken = read('action.yml').replace('using: node24', 'using: node99');
    expect(await linters.action(broken)).toHaveLength(1);
  });
});

describe('our own workflows', () => {
  it.each(OWN)('%s has no fault', async (path) => {
    expect(await linters.workflow(read(path))).toEqual([]);
  });

  it.each(OWN)('%s asks for the permissions it needs, and no more by default', (path) => {
    const { permissions } = parse(read(path)) as { permissions?: Record<string, string> };
    expect(permissions).toBeDefined();
    expect(Object.entries(permissions ?? {}).filter(([, right]) => right === 'write')).toEqual(
      path.endsWith('budgets.yml') ? [['pull-requests', 'write']] : [],
    );
  });

  it.each(OWN)('%s pins the actions of others to a major version', (path) => {
    const others = stepsOf(read(path)).flatMap(({ uses }) => uses ?? []);
    for (const uses of others.filter((name) => name !== './')) expect(uses).toMatch(/@v\d+$/);
  });
});

describe('workflows for users', () => {
  it('have no fault', async () => {
    for (const [name, text] of await written()) {
      expect(await linters.workflow(text), name).toEqual([]);
    }
  });

  it('use the action, with inputs that it has', async () => {
    const { inputs } = parse(read('action.yml')) as { inputs: Record<string, unknown> };
    const texts = [...(await written()).values(), read(`${FOLDER}/budgets.yml`)];
    for (const text of texts) {
      const own = stepsOf(text).filter(({ uses }) => uses === './' || isReleased(uses));
      expect(own).toHaveLength(1);
      for (const name of Object.keys(own[0]?.with ?? {})) expect(inputs).toHaveProperty(name);
    }
  });
});

describe('the pair for forks', () => {
  const [check, deliver] = ['check', 'deliver'].map((name) => {
    const text = read(`examples/workflows/${name}.yml`);
    return { text, ...(parse(text) as PairedWorkflow) };
  });

  it('runs the code of a fork only where the token may write nothing', () => {
    expect(Object.keys(check?.on ?? {})).toContain('pull_request');
    expect(Object.values(check?.permissions ?? {})).toEqual(['read', 'read']);
  });

  it('writes only where nothing of a fork is checked out, installed or built', () => {
    expect(Object.keys(deliver?.on ?? {})).toEqual(['workflow_run']);
    expect(deliver?.permissions).toEqual({
      contents: 'read',
      actions: 'read',
      'pull-requests': 'write',
    });
    expect(stepsOf(deliver?.text ?? '')).toEqual([
      { uses: 'weighbridge/weighbridge@v1', with: { mode: 'deliver' } },
    ]);
  });

  it('is a pair: the second waits for the first, by its name', () => {
    expect(deliver?.on.workflow_run).toEqual({ workflows: [check?.name], types: ['completed'] });
  });
});

interface PairedWorkflow {
  readonly name: string;
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
}

function isReleased(uses: string | undefined): boolean {
  return uses === 'weighbridge/weighbridge@v1';
}

describe('action.yml', () => {
  it('has no fault', async () => {
    expect(await linters.action(read('action.yml'))).toEqual([]);
  });

  it('runs a file that is there', () => {
    const { runs } = parse(read('action.yml')) as { runs: { using: string; main: string } };
    expect(runs.using).toBe('node24');
    expect(() => read(runs.main)).not.toThrow();
  });
});
