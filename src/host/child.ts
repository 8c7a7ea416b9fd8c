import { execFile, spawn } from 'node:child_process';
import { UserError } from '../model/errors.ts';
import type { CommandRequest, Finished, GitRequest } from '../model/host.ts';

/** Bytes of git's own output that we hold at most: a record is far below it. */
const MOST_OUTPUT = 256 * 1024 * 1024;

/** Runs git as it is installed; only a git that cannot be started is an error. */
export function git(args: readonly string[], request: GitRequest): Promise<Finished> {
  const { folder, input, environment } = request;
  return new Promise((done, fail) => {
    const options = {
      cwd: folder,
      // Never a question that nobody is there to answer; words that can be told apart.
      env: { ...process.env, LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0', ...environment },
      encoding: 'buffer' as const,
      maxBuffer: MOST_OUTPUT,
      windowsHide: true,
    };
    const child = execFile('git', [...args], options, (error, stdout, stderr) => {
      const code = error === null ? 0 : (error.code ?? null);
      if (typeof code === 'string') return fail(noGit(code));
      done({ code, stdout, stderr: stderr.toString('utf8') });
    });
    // git may end before it has read all of its input: its exit code says why.
    child.stdin?.on('error', () => {});
    child.stdin?.end(input ?? '');
  });
}

function noGit(code: string): UserError {
  return new UserError('no-git', `git cannot be run: ${code}.`, {
    hint: 'Install git, or name the base with --base FILE.',
  });
}

/**
 * Runs a command line of the user's in the system's shell; null where the time ran out. It leads
 * a process group of its own, so that what it started ends with it.
 */
export function command(request: CommandRequest): Promise<number | null> {
  const { folder, environment, timeout, onOutput } = request;
  const hasGroups = process.platform !== 'win32';
  return new Promise((done, fail) => {
    const child = spawn(request.command, {
      cwd: folder,
      env: { ...environment },
      shell: true,
      detached: hasGroups,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    const end = () => kill(child.pid, hasGroups);
    const late = { is: false };
    const timer = setTimeout(() => {
      late.is = true;
      end();
    }, timeout);
    const unwatch = onDeath(end);
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', onOutput);
    }
    const settle = () => {
      clearTimeout(timer);
      unwatch();
      // What it left running in the background must not outlive the folder it runs in.
      end();
    };
    child.on('error', (error) => {
      settle();
      fail(error);
    });
    child.on('exit', settle);
    child.on('close', (code) => done(late.is ? null : (code ?? 1)));
  });
}

function kill(pid: number | undefined, hasGroups: boolean): void {
  if (pid === undefined) return;
  try {
    process.kill(hasGroups ? -pid : pid, 'SIGKILL');
  } catch {
    // Ended already.
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Calls a task when a signal ends our own process, which then ends as it would have. */
function onDeath(task: () => void): () => void {
  const end = (signal: NodeJS.Signals) => {
    task();
    unwatch();
    process.kill(process.pid, signal);
  };
  const unwatch = () => {
    for (const signal of SIGNALS) process.off(signal, end);
  };
  for (const signal of SIGNALS) process.on(signal, end);
  return unwatch;
}
