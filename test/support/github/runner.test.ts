import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import * as events from './events.ts';
import { readPairs } from './file-commands.ts';
import { startGithub } from './github.ts';
import { type ActionRequest, runAction } from './runner.ts';
import { StepLog } from './step-log.ts';
import { parseCommand } from './workflow-commands.ts';

// Vectors after what actions/runner's own tests check: ActionCommandL0, ActionCommandManagerL0,
// SetOutputFileCommandL0, CreateStepSummaryCommandL0.

describe('a command', () => {
  const parse = (line: string) => {
    const found = parseCommand(line, new Set(['do-it', 'error']));
    return found && [found.name, Object.fromEntries(found.properties), found.data];
  };

  test.each([
    ['::do-it::', {}, ''],
    ['::do-it k=v::', { k: 'v' }, ''],
    ['::do-it k=v,::text', { k: 'v' }, 'text'],
    ['::DO-IT K=v::text', { k: 'v' }, 'text'],
    ['  \t\u00a0::do-it::text', {}, 'text'],
    ['::do-it k=;=%2C=%0D=%0A=]=%3A,::;-%0D-%0A-]-:-,', { k: ';=,=\r=\n=]=:' }, ';-\r-\n-]-:-,'],
    ['::do-it k=%252C%250D%250A%253A::%250D%250A%25', { k: '%2C%0D%0A%3A' }, '%0D%0A%'],
    ['::do-it::%3A%2C', {}, '%3A%2C'],
    ['::do-it k=,l=::', {}, ''],
    ['::do-it k==v::', { k: 'v' }, ''],
    ['::do-it k=a,k=b::', { k: 'b' }, ''],
    ['::do-it k=a, l=b::', { k: 'a', ' l': 'b' }, ''],
    ['::do-it::a::b', {}, 'a::b'],
    ['::do-it k=a::b::c', { k: 'a' }, 'b::c'],
    ['##[do-it]', {}, ''],
    ['##[do-it k=v;]text', { k: 'v' }, 'text'],
    ['>>>  ##[do-it k=v;l=w]text', { k: 'v', l: 'w' }, 'text'],
    ['##[do-it k=%3B=%0D=%0A=%5D;]%3B-%0D-%0A-%5D', { k: ';=\r=\n=]' }, ';-\r-\n-]'],
    ['##[do-it k=%253B;]%255D', { k: '%3B' }, '%5D'],
    ['::unknown::##[do-it]text', {}, 'text'],
  ])('%j is one', (line, properties, data) => {
    expect(parse(line)).toEqual(['do-it', properties, data]);
  });

  test.each([
    '',
    'text',
    'do-it',
    ':do-it::',
    '::do-it:',
    ': :do-it::',
    '>>> ::do-it::',
    '\u200b::do-it::',
    '\ufeff::do-it::',
    ':: do-it::',
    '::unknown::',
    '::do-itx::',
    '##[do-it',
    '## [do-it]',
    '##[unknown]',
    '##[unknown]##[do-it]',
    '##[ do-it]',
  ])('%j is none', (line) => {
    expect(parse(line)).toBeNull();
  });
});

describe('the step’s log', () => {
  const read = (...lines: string[]) => {
    const log = new StepLog('/ws');
    for (const line of lines) log.read(line);
    return log;
  };

  test('knows three levels, each with a place', () => {
    const { annotations, lines, failed } = read(
      '::error file=src/a.ts,line=3,endLine=5,title=Too big::2 kB over%0A100%25',
      '::Warning file=/ws/src/b.ts,line=1,col=2,endColumn=4::careful',
      '::notice title=::well',
      'plain',
    );
    expect(annotations).toEqual([
      {
        level: 'error',
        file: 'src/a.ts',
        line: 3,
        endLine: 5,
        title: 'Too big',
        message: '2 kB over\n100%',
      },
      { level: 'warning', file: 'src/b.ts', line: 1, column: 2, endColumn: 4, message: 'careful' },
      { level: 'notice', message: 'well' },
    ]);
    expect(lines).toEqual([
      '##[error]2 kB over\n100%',
      '##[warning]careful',
      '##[notice]well',
      'plain',
    ]);
    expect(failed).toBe(false);
  });

  test.each([
    ['line=1,endLine=2,col=1,endColumn=2', { line: 1, endLine: 2 }],
    ['col=1,endColumn=2', {}],
    ['endLine=1', { line: 1, endLine: 1 }],
    ['line=1,endColumn=2', { line: 1, column: 2, endColumn: 2 }],
    ['line=,endLine=3', { line: 3, endLine: 3 }],
    ['line=4,endLine=3', {}],
    ['line=1,endLine=1,col=3,endColumn=2', { line: 1, endLine: 1 }],
    ['line=1,endLine=1,col=1,endColumn=2', { line: 1, endLine: 1, column: 1, endColumn: 2 }],
    ['line=1,col=1', { line: 1, column: 1 }],
    ['line=x', {}],
  ])('takes the place %j for %j', (properties, place) => {
    const { annotations } = read(`::warning ${properties}::text`);
    expect(annotations).toEqual([{ level: 'warning', message: 'text', ...place }]);
  });

  test('cuts messages at 4,096 characters and keeps ten annotations a level', () => {
    const errors = Array.from(
      { length: 12 },
      (_, index) => `::error::${index}${'x'.repeat(5_000)}`,
    );
    const { annotations, droppedAnnotations } = read(...errors, '::warning::w');
    expect(annotations.map(({ level }) => level)).toEqual([...Array(10).fill('error'), 'warning']);
    expect(annotations[0]?.message).toHaveLength(4_096);
    expect(droppedAnnotations.map(({ message }) => message.slice(0, 2))).toEqual(['10', '11']);
  });

  test('obeys nothing between stop-commands and its token', () => {
    const { annotations, lines, masks } = read(
      '::stop-commands::Token-of-ours',
      '::error::one',
      '##[error]two',
      '::add-mask::three',
      '::other-token::',
      'x ##[TOKEN-OF-OURS]',
      '::error::four',
      '::Token-of-ours::',
    );
    expect(annotations).toEqual([{ level: 'error', message: 'four' }]);
    expect(lines).toContain('::error::one');
    expect(lines.at(-1)).toBe('::***::');
    expect(masks).toEqual(['Token-of-ours']);
  });

  test.each(['', 'error', 'STOP-COMMANDS', 'pause-logging'])(
    'fails for the stop token %j',
    (token) => {
      const { failed, annotations } = read(`::stop-commands::${token}`, '::error::still heard');
      expect(failed).toBe(true);
      expect(annotations.at(-1)).toEqual({ level: 'error', message: 'still heard' });
    },
  );

  test('replaces masked values, each line of them too, from then on', () => {
    const { lines, masks, annotations } = read(
      'abc',
      '::add-mask::abc%0Ddef%0A%0D%0Aghi',
      'xabcx def ghi',
      '::error::abc!',
      '::add-mask:: %0D ',
    );
    expect(lines.slice(0, 3)).toEqual(['abc', 'x***x *** ***', '##[error]***!']);
    expect(masks).toEqual(['abc\rdef\n\r\nghi', 'abc', 'def', 'ghi']);
    expect(annotations.at(-1)?.level).toBe('warning');
  });

  test('refuses set-env and add-path, and warns of set-output and save-state', () => {
    const refused = read('::set-env name=A::b', '##[add-path]/bin');
    expect(refused.failed).toBe(true);
    expect(refused.annotations.map(({ level }) => level)).toEqual(Array(4).fill('error'));
    const kept = read('::set-output name=a::b', '::save-state name=c::d');
    expect([kept.outputs, kept.state, kept.failed]).toEqual([{ a: 'b' }, { c: 'd' }, false]);
    expect(kept.annotations.map(({ level }) => level)).toEqual(['warning', 'warning']);
    expect(read('::set-output::b').failed).toBe(true);
  });

  test('groups, and hides what is for debugging', () => {
    const { lines, debug } = read(
      '::group::Build',
      'a',
      '::endgroup::',
      '::debug::why',
      '::echo::on',
    );
    expect(lines).toEqual(['##[group]Build', 'a', '##[endgroup]']);
    expect(debug).toEqual(['why']);
  });
});

describe('a file command', () => {
  test.each([
    ['', {}],
    ['\ufeffA=b', { A: 'b' }],
    ['\nA=b\n\nC=d\n', { A: 'b', C: 'd' }],
    ['A=', { A: '' }],
    ['A==b\nC=d=e\nF=g=', { A: '=b', C: 'd=e', F: 'g=' }],
    ['A=b<<c', { A: 'b<<c' }],
    ['A<<EOF\none\ntwo\nEOF', { A: 'one\ntwo' }],
    ['A<<EOF\nEOF\n', { A: '' }],
    ['A<<EOF\n\n three\n\nEOF\n\nB<<X\n EOF\nX', { A: '\n three\n', B: ' EOF' }],
    ['A<<=EOF\nb\n=EOF\nC<<<EOF\nd\n<EOF', { A: 'b', C: 'd' }],
    ['A<<EOF\r\nb\r\nEOF\r\n', { A: 'b\r' }],
    ['A=1\nA=2', { A: '2' }],
  ])('%j gives %j', (text, values) => {
    expect(readPairs(text)).toEqual({ values, error: null });
  });

  test.each([
    ['A=b\nC', 'Invalid format'],
    ['A=b\n<<EOF\nEOF', 'must not be empty'],
    ['A=b\nC<<\nEOF', 'must not be empty'],
    ['A=b\nC<<EOF\nd\n', 'Matching delimiter not found'],
    ['A=b\nC<<EOF\nd', 'EOF marker missing new line'],
    ['A=b\nC<<EOF d EOF', 'Matching delimiter not found'],
  ])('%j is damaged after the first pair', (text, message) => {
    expect(readPairs(text)).toEqual({
      values: { A: 'b' },
      error: expect.stringContaining(message),
    });
  });
});

describe('an action', () => {
  let root: string;
  const write = (path: string, text: string) => writeFileSync(join(root, path), text);
  const run = (script: string, request: Partial<ActionRequest> = {}) => {
    write(
      'action/main.cjs',
      `const { appendFileSync, writeFileSync } = require('node:fs');\n${script}`,
    );
    const [directory, workspace] = [join(root, 'action'), join(root, 'workspace')];
    const event = events.forkPullRequest();
    const world = {
      directory,
      workspace,
      event,
      token: 'ghs_secret',
      apiUrl: 'http://127.0.0.1:1',
    };
    return runAction({ ...world, ...request });
  };
  const print = (expression: string) => `process.stdout.write(JSON.stringify(${expression}))`;
  const output = 'process.env.GITHUB_OUTPUT';

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'runner-'));
    mkdirSync(join(root, 'action'));
    mkdirSync(join(root, 'workspace'));
    write('action/action.yml', ACTION_YML);
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  test('runs on Node 24, in the workspace', async () => {
    const { stdout, exitCode, outcome } = await run(print('[process.version, process.cwd()]'));
    const [version, directory] = JSON.parse(stdout);
    expect(version).toMatch(/^v24\./);
    expect(directory).toBe(join(root, 'workspace'));
    expect([exitCode, outcome]).toEqual([0, 'success']);
  });

  test('gets inputs, their defaults and the context, and nothing of ours', async () => {
    process.env.OF_THE_TESTS = 'not for the action';
    const inputs = { 'Working-Directory': 'web', comment: '' };
    const env = { STEP: 'yes', GITHUB_SHA: 'forged' };
    const { stdout, temp } = await run(print('process.env'), { inputs, env, runId: 12 });
    delete process.env.OF_THE_TESTS;
    const found = JSON.parse(stdout);
    expect(found).toMatchObject({
      'INPUT_WORKING-DIRECTORY': 'web',
      INPUT_COMMENT: '',
      INPUT_TOKEN: 'ghs_secret',
      'INPUT_CHECK-RUN': 'true',
      INPUT_TWO_WORDS: 'acme/shop/x',
      INPUT_CONFIG: '',
      STEP: 'yes',
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      GITHUB_API_URL: 'http://127.0.0.1:1',
      GITHUB_GRAPHQL_URL: 'http://127.0.0.1:1/graphql',
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_REPOSITORY: 'acme/shop',
      GITHUB_EVENT_NAME: 'pull_request',
      GITHUB_SHA: 'c'.repeat(40),
      GITHUB_REF: 'refs/pull/7/merge',
      GITHUB_REF_NAME: '7/merge',
      GITHUB_HEAD_REF: 'feature',
      GITHUB_BASE_REF: 'main',
      GITHUB_RUN_ID: '12',
      GITHUB_RUN_NUMBER: '1',
      GITHUB_RUN_ATTEMPT: '1',
      GITHUB_ACTOR: 'mallory',
      GITHUB_WORKSPACE: join(root, 'workspace'),
      RUNNER_TEMP: temp,
      RUNNER_OS: 'Linux',
    });
    expect(found).not.toHaveProperty('OF_THE_TESTS');
    expect(found).not.toHaveProperty('VITEST');
    expect(found).not.toHaveProperty('GITHUB_ACTION_PATH');
    expect(found).not.toHaveProperty('NODE_EXTRA_CA_CERTS');
    const payload = JSON.parse(readFileSync(found.GITHUB_EVENT_PATH, 'utf8'));
    expect(payload.pull_request.number).toBe(7);
  });

  test('is warned of inputs that it does not know', async () => {
    const { annotations, stdout } = await run(print('process.env.INPUT_CONFG'), {
      inputs: { confg: 'a' },
    });
    expect(stdout).toBe('"a"');
    expect(annotations).toEqual([
      {
        level: 'warning',
        message: expect.stringMatching(
          /^Unexpected input\(s\) 'confg', valid inputs are \['config', /,
        ),
      },
    ]);
  });

  test('gives outputs, state, variables, folders and a summary by files', async () => {
    const result = await run(`
      appendFileSync(${output}, 'verdict<<EOF\\nfail\\nEOF\\nfailed=2\\n');
      appendFileSync(process.env.GITHUB_STATE, 'a=b\\n');
      appendFileSync(process.env.GITHUB_ENV, 'C=d\\nNODE_OPTIONS=--inspect\\n');
      appendFileSync(process.env.GITHUB_PATH, '/one\\n\\n/two\\n');
      appendFileSync(process.env.GITHUB_STEP_SUMMARY, '# Budgets ghs_secret\\n');`);
    expect(result).toMatchObject({
      outputs: { verdict: 'fail', failed: '2' },
      state: { a: 'b' },
      env: { C: 'd' },
      path: ['/one', '/two'],
      summary: '# Budgets ***\n',
      outcome: 'success',
      annotations: [{ level: 'error', message: expect.stringContaining('NODE_OPTIONS') }],
    });
  });

  test('fails when a file command is damaged', async () => {
    const result = await run(`appendFileSync(${output}, 'a=b\\nc<<EOF\\nd\\n')`);
    expect(result).toMatchObject({ exitCode: 0, outcome: 'failure', outputs: { a: 'b' } });
    expect(result.annotations.map(({ message }) => message)).toEqual([
      "Unable to process file command 'output' successfully.",
      "Invalid value. Matching delimiter not found 'EOF'",
    ]);
  });

  test('may write a summary of 1 MiB, and not a byte more', async () => {
    const summary = (size: number) =>
      `writeFileSync(process.env.GITHUB_STEP_SUMMARY, 'x'.repeat(${size}))`;
    expect((await run(summary(1024 * 1024))).summary).toHaveLength(1024 * 1024);
    const { summary: refused, annotations, outcome } = await run(summary(1024 * 1024 + 1));
    expect([refused, outcome]).toEqual([null, 'success']);
    expect(annotations).toMatchObject([
      { level: 'error', message: expect.stringContaining('aborted') },
    ]);
  });

  test('is heard on both streams, whatever ends a line', async () => {
    const result = await run(`
      process.stdout.write('one\\r::error::two\\r\\n::warning::thr');
      process.stdout.write('ee\\u00e9 ghs_secret\\n\\r');
      process.stderr.write('::notice::four');
      process.exitCode = 3;`);
    expect(result.annotations).toEqual(
      expect.arrayContaining([
        { level: 'error', message: 'two' },
        { level: 'warning', message: 'threeé ***' },
        { level: 'notice', message: 'four' },
      ]),
    );
    expect(result).toMatchObject({ exitCode: 3, outcome: 'failure', stderr: '::notice::four' });
    expect(result.log).toContain('##[error]two');
    expect(result.log).not.toContain('ghs_secret');
  });

  test('speaks to GitHub with the token that it is given', async () => {
    const github = await startGithub();
    onTestFinished(() => github.close());
    const { apiUrl } = github;
    const event = events.pullRequest(await github.addPull());
    const token = await github.mintToken();
    const result = await run(
      `const { GITHUB_API_URL, GITHUB_REPOSITORY, GITHUB_EVENT_PATH, INPUT_TOKEN } = process.env;
      const { number } = require(GITHUB_EVENT_PATH);
      fetch(GITHUB_API_URL + '/repos/' + GITHUB_REPOSITORY + '/issues/' + number + '/comments', {
        method: 'POST',
        headers: { authorization: 'Bearer ' + INPUT_TOKEN, 'content-type': 'application/json' },
        body: JSON.stringify({ body: '1 of 7 budgets is broken' }),
      }).then((response) => console.log('::notice::' + response.status));`,
      { event, token, apiUrl },
    );
    expect(result.annotations).toEqual([{ level: 'notice', message: '201' }]);
    expect(await github.comments(7)).toMatchObject([{ author: 'github-actions[bot]' }]);
    expect(await github.violations()).toEqual([]);
  });

  test('is killed when it takes too long', async () => {
    const never = run('setInterval(() => {}, 1000); console.log("waiting")', { timeoutMs: 500 });
    await expect(never).rejects.toThrow(/over 500 ms\nwaiting/);
  });

  test('that is not for Node 24, or not built, does not start', async () => {
    write('action/action.yml', 'name: x\nruns: { using: node20, main: main.cjs }\n');
    await expect(run('')).rejects.toThrow('not node20');
    write('action/action.yml', 'name: x\nruns: { using: node24, main: dist/none.js }\n');
    await expect(run('')).rejects.toThrow('there is no file');
  });
});

const ACTION_YML = `
name: Try
description: For these tests
inputs:
  config: { description: File }
  token: { description: Token, default: '\${{ github.token }}' }
  working-directory: { description: Folder, default: . }
  comment: { description: When, default: on-change }
  check-run: { description: Whether, default: true }
  two words: { description: Old style, default: '\${{ github.repository }}/x' }
runs: { using: node24, main: main.cjs }
`;
