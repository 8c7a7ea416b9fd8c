import { execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readNow } from '../../src/host/read-now.ts';
import { temporaryFolder } from '../support/temporary.ts';

it('reads a file to its end where the system gives it piece by piece', async () => {
  const pipe = join(await temporaryFolder(), 'pipe');
  execFileSync('mkfifo', [pipe]);
  // A pipe holds less than that: no single read gets all of it.
  spawn('sh', ['-c', 'head -c 400000 /dev/zero > "$0"', pipe], { stdio: 'ignore' });
  expect(readNow(pipe, 400_000).length).toBe(400_000);
});

it('reads all of a file that has grown beyond its memory', async () => {
  const folder = await temporaryFolder({ 'a.js': 'x'.repeat(3_000_000) });
  expect(readNow(join(folder, 'a.js'), 1).length).toBe(3_000_000);
});

it('reads all of a file that has grown since it was found', async () => {
  const folder = await temporaryFolder({ 'a.js': 'x'.repeat(300), 'b.js': '' });
  expect(readNow(join(folder, 'a.js'), 200).length).toBe(300);
  expect(readNow(join(folder, 'a.js'), 0).length).toBe(300);
  expect(readNow(join(folder, 'a.js'), 400).length).toBe(300);
  expect(readNow(join(folder, 'b.js'), 0).length).toBe(0);
});
