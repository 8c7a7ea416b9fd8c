import { spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { runCommand } from '../src/commands/run.ts';
import { TOOL } from '../src/model/tool.ts';
import { noise } from './support/binary-files.ts';
import { collector, DOORS, type Ran } from './support/doors.ts';
import { type Files, temporaryFolder } from './support/temporary.ts';

const ANSI = '\u001b[';
const bytes = (length: number) => noise(length);

/** A build of 1,000 raw bytes with one budget on it. */
function project(budget: object = { max: '2 kB' }, top: object = {}): Files {
  return {
    'dist/a.js': bytes(1_000),
    'budgets.json': {
      encodings: ['raw'],
      budgets: [{ name: 'All', files: 'dist/*.js', ...budget }],
      ...top,
    },
  };
}

/** No report could be made: nothing on stdout, and words for people on stderr. */
function expectRefusal({ code, stdout, stderr }: Ran, ...words: string[]): void {
  expect(stderr).not.toContain('has a bug');
  expect(stderr).not.toMatch(/^ {4}at /m);
  for (const word of words) expect(stderr).toContain(word);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
}

async function validatorOf(name: string) {
  const url = new URL(`../dist/${name}`, import.meta.url);
  const schema = JSON.parse(await readFile(url, 'utf8'));
  const { allowComments: _, allowTrailingCommas: __, ...plain } = schema;
  return new Ajv({ allErrors: true, formats: { 'date-time': true } }).compile(plain);
}

async function expectValid(name: string, value: unknown): Promise<void> {
  const validate = await validatorOf(name);
  validate(value);
  expect(validate.errors ?? []).toEqual([]);
}

describe.runIf(process.platform === 'linux')('a full disk behind `> report.json`', () => {
  it.each([['json'], ['terminal']])('is exit 2, never 1, and no bug: %s', async (format) => {
    const folder = await temporaryFolder(project());
    const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
    const full = openSync('/dev/full', 'w');
    const args = [cli, '--base', 'none', '--report', format];
    const stdio = ['ignore', full, 'pipe'] as const;
    const ran = spawnSync(process.execPath, args, {
      cwd: folder,
      encoding: 'utf8',
      stdio: [...stdio],
    });
    closeSync(full);

    expect(ran.stderr).toBe('weighbridge: The output cannot be written: ENOSPC.\n');
    expect(ran.status).toBe(2);
  });
});

describe.each(DOORS)('%s', (_name, run) => {
  describe('exit codes', () => {
    it('0 for a pass', async () => {
      const ran = await run(await temporaryFolder(project()), []);
      expect(ran).toMatchObject({ code: 0, stderr: '' });
      expect(ran.stdout).toContain('All');
    });

    it('0 for a warning', async () => {
      const folder = await temporaryFolder(project({ max: '1 B', severity: 'warn' }));
      expect(await run(folder, ['check'])).toMatchObject({ code: 0, stderr: '' });
    });

    it('1 with a word about why, where every report goes into a file', async () => {
      const folder = await temporaryFolder(project({ max: '1 B' }));
      const ran = await run(folder, ['--report', 'json=r.json']);
      expect(ran).toMatchObject({ code: 1, stdout: '' });
      expect(ran.stderr).toContain('1 of 1 budget is broken: All is');
      const told = await run(folder, ['--report', 'json=r.json', '--report', 'terminal']);
      expect(told).toMatchObject({ code: 1, stderr: '' });
    });

    it('0 for what could not be judged', async () => {
      const folder = await temporaryFolder(project({ maxIncrease: 0 }));
      expect(await run(folder, ['--base', 'none'])).toMatchObject({ code: 0 });
    });

    it('1 for a broken budget, and the report is there all the same', async () => {
      const ran = await run(await temporaryFolder(project({ max: 999 })), []);
      expect(ran).toMatchObject({ code: 1, stderr: '' });
      expect(ran.stdout).toMatch(/1 B over its 999 B/);
    });

    it('1 for a pattern that matches nothing, whatever the severity', async () => {
      const top = {
        budgets: [
          { files: 'dist/*.js', max: '2 kB' },
          { files: 'dist/*.css', max: '2 kB', severity: 'warn' },
        ],
      };
      const ran = await run(await temporaryFolder(project({}, top)), []);
      expect(ran.code).toBe(1);
      expect(ran.stdout).toContain('dist/*.css');
    });

    it('0 for an optional one', async () => {
      const top = {
        budgets: [
          { files: 'dist/*.js', max: '2 kB' },
          { files: 'dist/*.css', max: '2 kB', optional: true },
        ],
      };
      expect((await run(await temporaryFolder(project({}, top)), [])).code).toBe(0);
    });

    it('0 and 1 at the very byte of the limit', async () => {
      expect((await run(await temporaryFolder(project({ max: 1_000 })), [])).code).toBe(0);
      expect((await run(await temporaryFolder(project({ max: '0.999 kB' })), [])).code).toBe(1);
      expect((await run(await temporaryFolder(project({ max: 0 })), [])).code).toBe(1);
    });

    it('2 without a budgets file, naming init', async () => {
      expectRefusal(await run(await temporaryFolder({ 'dist/a.js': '' }), []), 'weighbridge init');
    });

    it('2 without a build, naming the folder', async () => {
      const { 'dist/a.js': _, ...files } = project();
      const words = 'dist/ does not exist; build first';
      expectRefusal(await run(await temporaryFolder(files), []), words);
      expectRefusal(
        await run(await temporaryFolder(files), ['measure', '--save', 'h.json']),
        words,
      );
    });

    it.each<[string, string, string[]]>([
      ['that is no JSON', '{ "budgets": [', ['budgets.json:1']],
      ['that is empty', '', ['budgets.json']],
      ['that is a list', '[]', ['budgets.json']],
      [
        'with an unknown key',
        '{"budgets":[{"files":"a","maxIncrese":1}]}',
        ['Did you mean "maxIncrease"?'],
      ],
      ['with a unit of two meanings', '{"budgets":[{"files":"a","max":"1 KB"}]}', ['kB', 'KiB']],
      ['with a unit of no meaning', '{"budgets":[{"files":"a","max":"5 constructor"}]}', ['max']],
      ['with a time for a size', '{"budgets":[{"files":"a","max":"1 s"}]}', ['max']],
      ['with a negative limit', '{"budgets":[{"files":"a","max":-1}]}', ['max']],
      ['without a limit', '{"budgets":[{"files":"a"}]}', ['limit']],
      ['of Lighthouse', '[{"resourceSizes":[]}]', ['Lighthouse']],
      ['of size-limit', '[{"path":"a","limit":"1 kB"}]', ['size-limit']],
      ['with a reserved subject', '{"budgets":[{"k6":"a.json","max":1}]}', ['k6', 'reserved']],
      ['with a reserved key', '{"budgets":[{"files":"a","max":1,"against":"b"}]}', ['reserved']],
      ['with an absolute pattern', '{"budgets":[{"files":"/a/*.js","max":1}]}', ['/a/*.js']],
      ['with a backslash', '{"budgets":[{"files":"dist\\\\a.js","max":1}]}', ['dist\\a.js']],
    ])('2 for a budgets file %s', async (_case, text, words) => {
      const folder = await temporaryFolder({ 'budgets.json': text, 'dist/a.js': '' });
      expectRefusal(await run(folder, []), ...words);
    });

    it('2 for two budgets files, and for one that is not there', async () => {
      const two = await temporaryFolder({ ...project(), 'budgets.jsonc': '{}' });
      expectRefusal(await run(two, []), 'budgets.json', 'budgets.jsonc');
      expectRefusal(await run(two, ['--config', 'none.json']), 'none.json');
      expectRefusal(await run(two, ['--config', 'dist']), 'dist');
    });

    it('2 for a report of another tool that is damaged', async () => {
      const budgets = { budgets: [{ custom: 'm.json', metric: 'start', max: 1 }] };
      const folder = await temporaryFolder({ 'budgets.json': budgets, 'm.json': '[{' });
      expectRefusal(await run(folder, []), 'm.json');
    });
  });

  describe('reports', () => {
    const JSON_OUT = ['--report', 'json'];

    it('as JSON are alone on stdout, and valid', async () => {
      const ran = await run(
        await temporaryFolder(project({ max: 1, maxIncrease: '5%' })),
        JSON_OUT,
      );
      const report = JSON.parse(ran.stdout);
      await expectValid('report.schema.json', report);
      expect(ran).toMatchObject({ code: 1, stderr: '' });
      expect(report).toMatchObject({
        schemaVersion: 1,
        tool: { name: 'weighbridge', version: TOOL.version },
        verdict: {
          status: 'fail',
          findings: [
            { budget: 'All', rule: 'max', status: 'fail', actual: 1_000, allowed: 1, over: 999 },
            { rule: 'max-increase', status: 'inconclusive', reason: 'no-baseline' },
          ],
        },
        comparison: { base: null },
      });
    });

    it('are valid where nothing matches', async () => {
      const top = {
        budgets: [
          { files: 'dist/a.js', max: 1 },
          { files: 'dist/*.css', each: true, maxIncrease: '5%' },
          { custom: 'none.json', metric: 'start', max: 1, maxIncrease: '5%' },
        ],
      };
      const { stdout } = await run(await temporaryFolder(project({}, top)), JSON_OUT);
      await expectValid('report.schema.json', JSON.parse(stdout));
    });

    it('are valid for metrics of other tools', async () => {
      const runs = [{ metric: 'start', samples: [1, 2, 3], unit: 's' }];
      const top = { budgets: [{ custom: 'm.json', metric: 'start', max: 1 }] };
      const folder = await temporaryFolder({ ...project({}, top), 'm.json': runs });
      const { stdout } = await run(folder, JSON_OUT);
      await expectValid('report.schema.json', JSON.parse(stdout));
    });

    it('go to a file with =FILE, and then nothing is on stdout', async () => {
      const folder = await temporaryFolder(project());
      const ran = await run(folder, ['--report', 'json=out/deep/report.json']);
      expect(ran).toEqual({ code: 0, stdout: '', stderr: '' });
      const text = await readFile(join(folder, 'out/deep/report.json'), 'utf8');
      await expectValid('report.schema.json', JSON.parse(text));
      expect(await readdir(join(folder, 'out/deep'))).toEqual(['report.json']);
    });

    it('are several at once', async () => {
      const folder = await temporaryFolder(project());
      const args = ['--report', 'json=r.json', '--report', 'terminal', '--report=markdown=r=1.md'];
      const { code, stdout } = await run(folder, args);
      expect(code).toBe(0);
      expect(stdout).toContain('All');
      expect(JSON.parse(await readFile(join(folder, 'r.json'), 'utf8')).schemaVersion).toBe(1);
      expect(await readFile(join(folder, 'r=1.md'), 'utf8')).toContain('###');
    });

    it('cannot be two on stdout', async () => {
      const folder = await temporaryFolder(project());
      expectRefusal(await run(folder, [...JSON_OUT, '--report', 'markdown']), 'stdout');
      expectRefusal(await run(folder, [...JSON_OUT, ...JSON_OUT]), 'stdout');
    });

    it.each([
      ['jsno', 'Did you mean "json"?'],
      ['html', 'reserved'],
      ['html=a.html', 'reserved'],
      ['constructor', 'constructor'],
      ['toString', 'toString'],
      ['json=', 'json='],
      ['', '--report'],
    ])('in a form that is not there are refused: "%s"', async (form, words) => {
      expectRefusal(await run(await temporaryFolder(project()), [`--report=${form}`]), words);
    });

    it('that cannot be written are an error that names the file', async () => {
      const folder = await temporaryFolder({ ...project(), file: '' });
      const ran = await run(folder, ['--report', 'json=file/report.json']);
      expect(ran.code).toBe(2);
      expect(ran.stderr).toContain('file/report.json');
      expect(ran.stderr).not.toContain('has a bug');
    });
  });

  describe('options', () => {
    it('read as --name=value and as --name value', async () => {
      const folder = await temporaryFolder({ 'app/other.json': project()['budgets.json'] });
      const app = await temporaryFolder(project());
      for (const args of [[`--cwd=${app}`], ['--cwd', app], ['check', '--cwd', app]]) {
        expect((await run(folder, args)).code).toBe(0);
      }
    });

    it('--cwd runs as if started there', async () => {
      const files = Object.entries(project()).map(([path, content]) => [`app/${path}`, content]);
      const folder = await temporaryFolder(Object.fromEntries(files));
      const args = ['--cwd', 'app', '--save', 'h.json', '--report', 'json=r.json'];
      expect((await run(folder, args)).code).toBe(0);
      expect((await readdir(join(folder, 'app'))).sort()).toEqual([
        'budgets.json',
        'dist',
        'h.json',
        'r.json',
      ]);
      expectRefusal(await run(folder, ['--cwd', 'none']), 'none');
    });

    it('--config names another file, whose folder its patterns are relative to', async () => {
      const files = project();
      const moved = { 'app/my.json': files['budgets.json'], 'app/dist/a.js': files['dist/a.js'] };
      const folder = await temporaryFolder(moved);
      expect((await run(folder, ['--config=app/my.json'])).code).toBe(0);
    });

    it.each([
      [['--basee', 'x'], 'Did you mean "--base"?'],
      [['--reprot=json'], 'Did you mean "--report"?'],
      [['-x'], '-x'],
      [['--constructor'], '--constructor'],
      [['--toString=1'], '--toString'],
      [['measure', '--base', 'x', '--save', 'y'], '--base'],
      [['check', 'extra'], 'extra'],
      [['--build'], '--build'],
      [['measure', '--build', 'x', '--save', 'y'], '--build'],
      [['--quiet=yes'], '--quiet'],
      [['--save'], '--save'],
      [['--save='], '--save'],
      [['--base'], '--base'],
      [['--cwd'], '--cwd'],
      [['--save', 'a', '--save', 'b'], '--save'],
      [['--strict=wran'], 'Did you mean "warn"?'],
      [['--strict=warn,constructor'], 'constructor'],
      [['--base', 'main'], 'main'],
    ])('that cannot be obeyed are refused: %j', async (args, words) => {
      expectRefusal(await run(await temporaryFolder(project()), args), words);
    });

    it('--save with no value does not swallow the next option', async () => {
      const folder = await temporaryFolder(project());
      const ran = await run(folder, ['--save', '--quiet']);
      expectRefusal(ran, '--save');
      expect((await readdir(folder)).sort()).toEqual(['budgets.json', 'dist']);
    });

    it('--quiet shows the table only when something is wrong', async () => {
      const good = await temporaryFolder(project());
      expect(await run(good, ['--quiet'])).toEqual({ code: 0, stdout: '', stderr: '' });
      const bad = await run(await temporaryFolder(project({ max: 1 })), ['--quiet']);
      expect(bad).toMatchObject({ code: 1, stdout: expect.stringContaining('All') });
      await run(good, ['--quiet', '--report', 'terminal=table.txt']);
      expect(await readFile(join(good, 'table.txt'), 'utf8')).toContain('All');
      const json = await run(good, ['--quiet', '--report', 'json']);
      expect(JSON.parse(json.stdout).verdict.status).toBe('pass');
    });

    it('--strict exits 1 on warnings', async () => {
      const folder = await temporaryFolder(project({ max: 1, severity: 'warn' }));
      expect((await run(folder, ['--strict'])).code).toBe(1);
      expect((await run(folder, ['--strict=warn'])).code).toBe(1);
      expect((await run(folder, ['--strict=warn,inconclusive'])).code).toBe(1);
      expect((await run(folder, ['--strict=inconclusive'])).code).toBe(0);
    });

    it('--strict exits 1 on what could not be judged, but not on the adoption', async () => {
      const folder = await temporaryFolder(project({ maxIncrease: 0 }));
      expect((await run(folder, ['--strict', '--base', 'none'])).code).toBe(1);
      expect((await run(folder, ['--strict=warn', '--base', 'none'])).code).toBe(0);
      expect((await run(folder, ['--strict'])).code).toBe(0);
    });

    it('--strict passes what passes', async () => {
      expect((await run(await temporaryFolder(project()), ['--strict'])).code).toBe(0);
    });
  });

  describe('help and version', () => {
    it('go to stdout with 0, wherever they are asked', async () => {
      const folder = await temporaryFolder();
      for (const args of [['--version'], ['check', '--version'], ['-v']]) {
        const expected = { code: 0, stdout: `${TOOL.version}\n`, stderr: '' };
        expect(await run(folder, args)).toEqual(expected);
      }
      for (const args of [['--help'], ['-h'], ['help'], ['check', '--help']]) {
        const { code, stdout, stderr } = await run(folder, args);
        expect({ args, code, stderr }).toEqual({ args, code: 0, stderr: '' });
        for (const option of ['--config', '--base', '--report', '--save', '--strict', '--cwd']) {
          expect(stdout).toContain(option);
        }
      }
    });

    it('name the commands', async () => {
      const { stdout } = await run(await temporaryFolder(), ['--help']);
      for (const command of ['check', 'record', 'compare', 'merge', 'deliver', 'explain']) {
        expect(stdout).toContain(command);
      }
      expect(stdout).toMatch(/0 pass.*1 .*2 /);
    });

    it('of one command show its own options', async () => {
      const folder = await temporaryFolder();
      const measure = await run(folder, ['measure', '--help']);
      expect(measure.stdout).toContain('--save');
      expect(measure.stdout).not.toContain('--base');
      expect((await run(folder, ['help', 'compare'])).stdout).toContain('compare BASE HEAD');
    });

    it('of a command that is not there is an error', async () => {
      const folder = await temporaryFolder();
      expectRefusal(await run(folder, ['chekc', '--help']), 'Did you mean "check"?');
    });
  });

  describe('commands', () => {
    it.each([
      ['chekc', 'Did you mean "check"?'],
      ['mesure', 'Did you mean "measure"?'],
      ['constructor', 'constructor'],
      ['zzzzzzzz', 'compare'],
    ])('%s is not there', async (command, words) => {
      expectRefusal(await run(await temporaryFolder(project()), [command]), command, words);
    });
  });

  describe('colours', () => {
    it('are not for a pipe, unless they are forced', async () => {
      const folder = await temporaryFolder(project({ max: 1 }));
      expect((await run(folder, [])).stdout).not.toContain(ANSI);
      expect((await run(folder, [], { FORCE_COLOR: '1' })).stdout).toContain(ANSI);
      expect((await run(folder, [], { FORCE_COLOR: '0' })).stdout).not.toContain(ANSI);
      expect((await run(folder, [], { FORCE_COLOR: '1', NO_COLOR: '1' })).stdout).not.toContain(
        ANSI,
      );
      expect((await run(folder, ['--no-color'], { FORCE_COLOR: '1' })).stdout).not.toContain(ANSI);
    });

    it('are never in JSON or markdown', async () => {
      const folder = await temporaryFolder(project({ max: 1 }));
      for (const form of ['json', 'markdown']) {
        const { stdout } = await run(folder, ['--report', form], { FORCE_COLOR: '1' });
        expect(stdout).not.toContain('\u001b');
      }
    });
  });

  describe('hostile names', () => {
    const NAMES = [
      'new\n::error::line',
      '::error::first',
      ' ::error::after a space',
      '\r::set-output name=x::y',
      '##[error]old',
      'a##[group]b',
      'ansi\u001b[31mred\u001b[0m',
      'bell\u0007',
      'rtl\u202egnp',
      'csi\u009b31m',
    ];
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    const HIDDEN = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e]/;

    function expectNeutral(text: string): void {
      expect(text).not.toMatch(HIDDEN);
      for (const line of text.split('\n')) {
        expect(line.trimStart().startsWith('::')).toBe(false);
        expect(line).not.toContain('##[');
      }
    }

    it('of files and budgets are neutral on the terminal', async () => {
      const files = Object.fromEntries(NAMES.map((name) => [`dist/${name}.js`, bytes(50)]));
      const budgets = [
        {
          name: '::error::each',
          files: 'dist/**/*.js',
          each: true,
          max: 1,
          message: '::error::\n::x',
        },
        ...NAMES.map((name) => ({ name, files: 'dist/**/*.js', max: 1, message: name })),
        ...NAMES.map((name, index) => ({ name: `no ${index}`, files: `dist/${name}.css`, max: 1 })),
      ];
      const folder = await temporaryFolder({ ...files, 'budgets.json': { budgets } });
      await run(folder, ['measure', '--save', 'base\n::error::.json']);
      const ran = await run(folder, ['--base', 'base\n::error::.json']);
      expect(ran.code).toBe(1);
      expect(ran.stdout).toContain('first');
      expectNeutral(ran.stdout);
      expectNeutral(ran.stderr);
    });

    it('of a budgets file and in its errors are neutral', async () => {
      for (const name of NAMES) {
        const file = `${name}.json`.replaceAll('/', '');
        const folder = await temporaryFolder({ [file]: '{"budgets":[{"files":"a","max":-1}]}' });
        const ran = await run(folder, [`--config=${file}`]);
        expect(ran).toMatchObject({ code: 2, stdout: '' });
        expectNeutral(ran.stderr);
        expectNeutral((await run(folder, [name])).stderr);
        expectNeutral((await run(folder, [`--${name}`])).stderr);
        expectNeutral((await run(folder, [`--base=${name}`, `--config=${file}`])).stderr);
      }
    });

    it('of what a snapshot says are neutral in compare', async () => {
      const folder = await temporaryFolder(project({ max: 1, maxIncrease: 0 }));
      await run(folder, ['measure', '--save', 'base.json']);
      const base = JSON.parse(await readFile(join(folder, 'base.json'), 'utf8'));
      const hostile = '9 kB\n::error::limit ##[error]\u001b[31m';
      const [budget] = base.budgets;
      const [limit] = budget.limits.maxIncrease;
      const head = {
        ...base,
        project: hostile,
        budgets: [
          {
            ...budget,
            name: hostile,
            limits: {
              max: { ...budget.limits.max, text: hostile },
              maxIncrease: [{ ...limit, text: hostile }],
            },
          },
        ],
        assets: base.assets.map((asset: { raw: number }) => ({
          ...asset,
          subject: hostile,
          raw: asset.raw + 1,
          sha256: '0'.repeat(64),
          content: '0'.repeat(64),
        })),
      };
      const hostiles = await temporaryFolder({ 'base.json': base, 'head.json': head });
      const ran = await run(hostiles, ['compare', 'base.json', 'head.json']);
      expect(ran).toMatchObject({ code: 1, stderr: '' });
      expectNeutral(ran.stdout);
    });
  });
});

describe('a terminal', () => {
  async function onTerminal(args: readonly string[], env: Record<string, string> = {}, at = '') {
    const cwd = at === '' ? await temporaryFolder(project({ max: 1 })) : at;
    const [stdout, stderr] = [collector({ isTTY: true, columns: 100 }), collector({ isTTY: true })];
    const code = await runCommand(args, { cwd, env, stdout, stderr });
    return { code, stdout: stdout.text(), stderr: stderr.text() };
  }

  it('has colours, unless they are not wanted', async () => {
    expect((await onTerminal([])).stdout).toContain(ANSI);
    expect((await onTerminal(['--no-color'])).stdout).not.toContain(ANSI);
    expect((await onTerminal([], { NO_COLOR: '1' })).stdout).not.toContain(ANSI);
    expect((await onTerminal([], { TERM: 'dumb' })).stdout).not.toContain(ANSI);
    // no-color.org: an empty value is as if it were not there.
    expect((await onTerminal([], { NO_COLOR: '' })).stdout).toContain(ANSI);
  });

  it('gives none of its colours to a file', async () => {
    const folder = await temporaryFolder(project({ max: 1 }));
    await onTerminal(['--report', 'terminal=t.txt'], {}, folder);
    expect(await readFile(join(folder, 't.txt'), 'utf8')).not.toContain(ANSI);
  });

  it('has no progress on stdout', async () => {
    expect((await onTerminal([])).stdout).not.toContain('Measuring');
  });
});
