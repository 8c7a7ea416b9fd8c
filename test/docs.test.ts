import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { parse as parseJsonc } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../src/config/load.ts';
import { isReservedKey, isReservedSubject } from '../src/config/reserved.ts';
import { writableUnits } from '../src/format/units.ts';
import { custom } from '../src/sources/custom.ts';
import { memoryHost } from './support/memory-host.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PAGES = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.md'], {
  cwd: ROOT,
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => path !== '' && !path.startsWith('test/golden/'));
const README = read('README.md');

function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** The text of the fenced blocks of a language. */
function fenced(language: string): string[] {
  const blocks = README.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm);
  return [...blocks].filter(([, name]) => name === language).map(([, , text = '']) => text);
}

/** A section of the README, without its heading. */
function section(heading: string): string {
  const [, after = ''] = README.split(`\n${heading}\n`);
  return after.split(/\n#{2,3} /)[0] ?? '';
}

describe('README.md', () => {
  it('has the screens and tables that the tool gives', () => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['scripts/readme.mjs', '--check'],
      { cwd: ROOT, encoding: 'utf8' },
    );
    expect(`${stdout}${stderr}`).toBe('');
    expect(status).toBe(0);
  });

  it('names the ways in', () => {
    for (const way of [
      '`npm start`',
      '`npm cit`',
      'npx weighbridge init',
      'weighbridge/weighbridge@v1',
    ]) {
      expect(README).toContain(way);
    }
    const { scripts } = JSON.parse(read('package.json')) as { scripts: { start: string } };
    expect(README).toContain(`\`${scripts.start}\``);
  });

  it('shows budgets files that can be used as they are', async () => {
    const schema = JSON.parse(read('dist/budgets.schema.json')) as object;
    const isValid = new Ajv({ strict: false }).compile(schema);
    const examples = fenced('jsonc');
    expect(examples.length).toBeGreaterThan(1);
    for (const text of examples) {
      const host = memoryHost({ 'budgets.jsonc': text });
      await expect(loadConfig(null, host.cwd, host)).resolves.toBeDefined();
      expect(isValid(parseJsonc(text)), JSON.stringify(isValid.errors)).toBe(true);
    }
  });

  it('shows metrics of your own as they are read', async () => {
    const [text = ''] = fenced('json');
    const host = memoryHost({
      'metrics.json': text,
      'budgets.json': JSON.stringify({
        budgets: [{ custom: 'metrics.json', metric: 'cold-start', max: '2 s' }],
      }),
    });
    const config = await loadConfig(null, host.cwd, host);
    const selections = config.budgets.map(({ selection }) => selection);
    const read = await custom.collect?.({ config, selections }, host);
    expect(read?.measurements.map(({ metric }) => metric)).toEqual(['cold-start', 'throughput']);
  });

  it('names every unit', () => {
    const units = section('### Units');
    for (const unit of writableUnits()) expect(units).toMatch(new RegExp(`\`${unit}\`|\\d${unit}`));
  });

  it('names only what is reserved as not built yet', () => {
    const [budgets = ''] = section('## Not yet').split(/^- /m).slice(1);
    const names = (text: string) => [...text.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
    const isReserved = (name: string) => isReservedSubject(name) || isReservedKey(name);
    expect(names(budgets).filter((name) => !isReserved(name))).toEqual([]);
  });
});

describe('every page', () => {
  it.each(PAGES)('%s has links that lead somewhere', (page) => {
    const text = read(page).replaceAll(/^```[\s\S]*?^```$/gm, '');
    const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
    const broken = links.filter((link) => !/^[a-z]+:/.test(link) && !leadsSomewhere(link, page));
    expect(broken).toEqual([]);
  });
});

function leadsSomewhere(link: string, page: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : join(dirname(page), path);
  if (!existsSync(join(ROOT, target))) return false;
  return anchor === undefined || anchorsOf(read(target)).includes(anchor);
}

/** As GitHub makes them of headings. */
function anchorsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
