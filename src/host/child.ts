import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { UserError } from '../model/errors.ts';
import type { CommandRequest, Finished, GitRequest } from '../model/host.ts';
import { onDeath } from './death.ts';

/** Bytes of git's own output that we hold at most: a record is far below it. */
const MOST_OUTPUT = 256 * 1024 * 1024;

/** Milliseconds that a child, and what it leaves behind, may take to end. */
const GRACE = 1_000;

const IS_WINDOWS = process.platform === 'win32';

/** Runs git as it is installed; only a git that cannot be started is an error. */
export async function git(args: readonly string[], request: GitRequest): Promise<Finished> {
  const { folder, input, environment } = request;
  const child = spawn('git', [...args], {
    cwd: folder,
    // Never a question that nobody is there to answer; words that can be told apart.
    env: { ...process.env, LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0', ...environment },
    // A group of its own, as it starts others that are to end with it.
    detached: !IS_WINDOWS,
    stdio: 'pipe',
    windowsHide: true,
  });
  const stdout = gather(child.stdout, child);
  const stderr = gather(child.stderr, child);
  // git may end before it has read all of its input: its exit code says why.
  child.stdin.on('error', () => {});
  child.stdin.end(input ?? '');
  // Asked to end, git takes its lock files and half-made folders with it.
  const { code } = await ended(child, 'SIGTERM').catch((error: unknown) => {
    throw notStarted(error, folder);
  });
  return { code, stdout: stdout(), stderr: stderr().toString('utf8') };
}

function gather(stream: NodeJS.ReadableStream, child: ChildProcess): () => Buffer {
  const chunks: Buffer[] = [];
  let held = 0;
  stream.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    held += chunk.length;
    if (held > MOST_OUTPUT) kill(child, 'SIGKILL');
  });
  return () => Buffer.concat(chunks);
}

/** The system says "not found" of the folder in the same words as of git. */
function notStarted(error: unknown, folder: string): UserError {
  if (!existsSync(folder)) {
    return new UserError('no-folder', `git cannot be run in ${folder}: there is no such folder.`);
  }
  const code = (error as NodeJS.ErrnoException).code ?? String(error);
  return new UserError('no-git', `git cannot be run: ${code}.`, {
    hint: 'Install git, or name the base with --base FILE.',
  });
}

/**
 * Runs a command line of the user's in the system's shell; null where the time ran out. It leads
 * a process group of its own, so that what it started ends with it.
 */
export async function command(request: CommandRequest): Promise<number | null> {
  const { folder, environment, timeout, onOutput } = request;
  const child = spawn(...shellFor(request.command), {
    cwd: folder,
    env: { ...environment },
    shell: IS_WINDOWS,
    detached: !IS_WINDOWS,
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', onOutput);
  }
  let isLate = false;
  // A timer that is set for longer than this fires at once.
  const wait = Math.min(timeout, 2 ** 31 - 1);
  const timer = setTimeout(() => {
    isLate = true;
    kill(child, 'SIGKILL');
  }, wait);
  child.once('exit', () => {
    clearTimeout(timer);
    // What it left running in the background must not outlive the folder it runs in.
    if (!IS_WINDOWS) kill(child, 'SIGKILL');
  });
  const { code, signal } = await ended(child, 'SIGKILL').finally(() => clearTimeout(timer));
  if (isLate) return null;
  return code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
}

/** Both streams through one pipe: of two, the order of what is written is lost. */
function shellFor(line: string): [file: string, args: string[]] {
  return IS_WINDOWS ? [line, []] : ['/bin/sh', ['-c', `exec 2>&1\n${line}`]];
}

interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/**
 * How a child ended, when all that it wrote has been read. Where a signal ends our own process
 * there is no answer: whoever waits for it must not go on while we tidy.
 * @param farewell the signal that ends it with us
 */
function ended(child: ChildProcess, farewell: NodeJS.Signals): Promise<Ending> {
  return new Promise((done, fail) => {
    const closed = new Promise((close) => child.once('close', close));
    let isDying = false;
    const forget = onDeath(async () => {
      isDying = true;
      kill(child, farewell);
      await Promise.race([closed, new Promise((late) => setTimeout(late, GRACE))]);
      kill(child, 'SIGKILL');
    });
    child.once('error', (error) => {
      forget();
      fail(error);
    });
    child.once('exit', () => letGo(child, closed));
    child.once('close', (code, signal) => {
      forget();
      if (!isDying) done({ code, signal });
    });
  });
}

/** A daemon that the child has left may hold its pipes for good: nothing is read from it. */
function letGo(child: ChildProcess, closed: Promise<unknown>): void {
  const timer = setTimeout(() => {
    // After what has come by now is read: the timer may be late, and so the first to be served.
    setImmediate(() => {
      child.stdout?.destroy();
      child.stderr?.destroy();
    });
  }, GRACE);
  closed.then(() => clearTimeout(timer));
}

/** Ends the whole group. Windows has none: there the tree below the child is walked. */
function kill({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    if (IS_WINDOWS) spawnSync('taskkill', ['/pid', String(pid), '/t', '/f'], { windowsHide: true });
    else process.kill(-pid, signal);
  } catch {
    // Ended already.
  }
}
