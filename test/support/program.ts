import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { onTestFinished } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** By another name: our own sources import it too. */
const REQUIRE = "import { createRequire as requireOf } from 'node:module';";

/** Starts a program of a few lines on our sources: signals are for a process of its own. */
export async function startProgram(
  contents: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<ChildProcess> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: ROOT, loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
    banner: { js: `${REQUIRE} const require = requireOf(import.meta.url);` },
    write: false,
    logLevel: 'silent',
  });
  const env = { ...process.env, ...environment };
  const child = spawn(process.execPath, ['--input-type=module', '-'], {
    env,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(outputFiles[0]?.contents);
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return child;
}

/** The signal, or else the code, that a process ended with. */
export async function endOf(child: ChildProcess): Promise<NodeJS.Signals | number | null> {
  if (child.exitCode !== null || child.signalCode !== null) {
    return child.signalCode ?? child.exitCode;
  }
  return new Promise((done) => child.once('exit', (code, signal) => done(signal ?? code)));
}

/** The text of a file as soon as it has any. */
export async function written(path: string): Promise<string> {
  for (let tries = 0; tries < 600; tries += 1) {
    const text = await readFile(path, 'utf8').catch(() => '');
    if (text.endsWith('\n')) return text.trim();
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`${path} was never written`);
}

/** Whether a process is there; one that has ended and was not waited for is not. */
export async function isRunning(pid: number): Promise<boolean> {
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  if (status !== null) return !/\) [ZX] /.test(status);
  if (process.platform === 'linux') return false;
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Waits until a process has ended; false where it does not. */
export async function ends(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (!(await isRunning(pid))) return true;
    await new Promise((done) => setTimeout(done, 50));
  }
  return false;
}
