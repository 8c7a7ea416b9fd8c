import { describe, expect, it } from 'vitest';
import { runCommand, type Stream } from '../../src/commands/run.ts';
import { collector } from '../support/doors.ts';
import { temporaryFolder } from '../support/temporary.ts';

const broken: Stream = {
  write: () => {
    throw new TypeError('words is not iterable');
  },
};

async function run(args: readonly string[], stdout: Stream) {
  const budgets = { budgets: [{ files: 'dist/*.js', max: '1 kB' }] };
  const cwd = await temporaryFolder({ 'budgets.json': budgets, 'dist/a.js': 'a' });
  const stderr = collector();
  const code = await runCommand(args, { cwd, env: {}, stdout, stderr });
  return { code, said: stderr.text() };
}

describe('a crash while a report is made or delivered (trap: it turned the check green)', () => {
  it.each([
    [['check']],
    [['check', '--report', 'json']],
    [['explain']],
    [['measure', '--save', 'a']],
  ])('%j exits 2, and says where to report it', async (args) => {
    const { code, said } = await run(args, broken);

    expect(code).toBe(2);
    expect(said).toContain('has a bug: no report could be made.');
    expect(said).toContain('TypeError: words is not iterable');
    expect(said).toContain('https://github.com/weighbridge/weighbridge/issues');
  });

  it('is not what the same run without it is', async () => {
    expect(await run(['check'], collector())).toEqual({ code: 0, said: '' });
  });
});
