import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { outputTo } from '../../src/host/output.ts';
import { temporaryFolder } from '../support/temporary.ts';

const never = (): never => {
  throw new Error('a stream was asked for');
};

async function pipe(): Promise<string> {
  const path = join(await temporaryFolder(), 'pipe');
  execFileSync('mkfifo', [path]);
  return path;
}

describe.runIf(process.platform !== 'win32')('what is written', () => {
  it('to a file is there at once, in order', async () => {
    const path = join(await temporaryFolder(), 'out.txt');
    const descriptor = openSync(path, 'w');
    const output = outputTo(descriptor, never);
    output.write('é 1\n');
    output.write('2\n');

    expect(readFileSync(path, 'utf8')).toBe('é 1\n2\n');
    expect(output.isTTY).toBe(false);
    closeSync(descriptor);
  });

  it('to a pipe that is full waits in a stream, and nothing is lost or overtakes', async () => {
    const descriptor = openSync(await pipe(), constants.O_RDWR | constants.O_NONBLOCK);
    const waiting = new PassThrough();
    const output = outputTo(descriptor, () => waiting as unknown as NodeJS.WriteStream);
    const text = 'x'.repeat(300_000);
    output.write(text);
    output.write('end');
    const inside = Buffer.alloc(text.length);
    const length = readSync(descriptor, inside);
    const rest = String(waiting.read());

    expect(length).toBeGreaterThan(0);
    expect(inside.toString('utf8', 0, length) + rest).toBe(`${text}end`);
    closeSync(descriptor);
  });

  it('to a pipe that nobody reads any more is no error', async () => {
    const path = await pipe();
    const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const descriptor = openSync(path, constants.O_WRONLY);
    closeSync(reader);

    expect(() => outputTo(descriptor, never).write('x')).not.toThrow();
    closeSync(descriptor);
  });

  it('to anything else goes through the stream', () => {
    const descriptor = openSync('/dev/null', 'w');
    const stream = new PassThrough();
    outputTo(descriptor, () => stream as unknown as NodeJS.WriteStream).write('x');

    expect(String(stream.read())).toBe('x');
    closeSync(descriptor);
  });
});
