// The measuring core: runs commands as whole processes and asks the operating system what they
// used. Nothing is measured from inside a process: start-up and exit are part of what users wait for.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { WORK } from './corpora.mjs';

const GNU_TIME = '/usr/bin/time';
const OUTPUT = join(WORK, 'output');

// bash's `time` reads getrusage to the millisecond, GNU time only to a hundredth of a second, which is
// a quarter of a bare Node start. GNU time is still needed for the peak; its own cost is under 1 ms.
const SCRIPT = `
TIMEFORMAT='%3U %3S %3R'
out=$1
shift
time ${GNU_TIME} --quiet --format %M --output "$out.peak" "$@" >"$out.stdout" 2>"$out.stderr"
`;

// A clean environment: NODE_EXTRA_CA_CERTS costs every Node 20 start 60 to 80 ms, and CI variables
// make peers call their services. The proxy is a closed port, so a peer that calls home all the same
// (bundlewatch shortens a URL) is refused at once: no waiting in its figures, and nothing of ours sent.
const CLOSED = 'http://127.0.0.1:9';
const ENVIRONMENT = {
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  LC_ALL: 'C',
  HTTP_PROXY: CLOSED,
  HTTPS_PROXY: CLOSED,
  http_proxy: CLOSED,
  https_proxy: CLOSED,
};

// Above this share of one core, what other processes do is no longer lost in the noise.
const DISTURBED = 0.1;
const REPEATS = 1;

/**
 * Runs every command once as a warm-up, then `runs` rounds of A B C, A B C: whatever slows the machine
 * down for a while slows all of them. A round disturbed by other processes is repeated, up to a limit.
 * Returns `{ samples: { [id]: sample[] }, repeated, disturbed }`.
 */
export async function interleave(commands, { runs, warmUp = true, log }) {
  if (warmUp) for (const command of commands) measure(command);
  const rounds = [];
  let repeated = 0;
  while (rounds.length < runs) {
    await untilQuiet();
    const round = commands.map((command) => measure(command));
    const isSpoilt = isDisturbed(round);
    log(`round ${rounds.length + 1} of ${runs}${isSpoilt ? ', disturbed by other processes' : ''}`);
    if (isSpoilt && repeated < runs * REPEATS) repeated += 1;
    else rounds.push(round);
  }
  const samples = commands.map(({ id }, index) => [id, rounds.map((round) => round[index])]);
  return {
    samples: Object.fromEntries(samples),
    repeated,
    disturbed: rounds.filter(isDisturbed).length,
  };
}

/** Runs one command; seconds of CPU and wall, MiB of the largest process. @throws when it fails. */
export function measure({ id, argv, cwd, environment = {}, check = () => true }) {
  mkdirSync(OUTPUT, { recursive: true });
  const out = join(OUTPUT, id.replaceAll(/[^a-z0-9.-]+/gi, '-'));
  const before = busySeconds();
  const result = spawnSync('bash', ['-c', SCRIPT, 'measure', out, ...argv], {
    cwd,
    env: { ...ENVIRONMENT, ...environment },
    encoding: 'utf8',
  });
  const total = busySeconds() - before;
  const stdout = readFileSync(`${out}.stdout`, 'utf8');
  const complaint = complain(result, stdout, check);
  if (complaint !== null) {
    throw new Error(`${id} ${complaint}\n  ${argv.join(' ')}\n  in ${cwd}; output: ${out}.std*`);
  }
  const [user, system, wall] = result.stderr.trim().split('\n').at(-1).split(' ').map(Number);
  const cpu = user + system;
  const peak = Number(readFileSync(`${out}.peak`, 'utf8').trim().split('\n').at(-1)) / 1024;
  return { cpu, wall, peak, others: Math.max(0, total - cpu) };
}

export const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

/** Median of the ratios of each round: a slow round is slow for both. `pick` reads a sample. */
export function ratioOf(ours, theirs, pick) {
  return median(ours.map((sample, round) => pick(sample) / pick(theirs[round])));
}

function complain(result, stdout, check) {
  if (result.error) return `could not be started: ${result.error.message}`;
  if (result.status !== 0) return `exited with ${result.status}`;
  // A peer that found no files is fast, and would win.
  if (!check(stdout)) return 'did not measure the files that it was asked about';
  return null;
}

// Ticks are hundredths of a second, so a round of less than a second cannot be judged.
function isDisturbed(round) {
  const wall = round.reduce((sum, sample) => sum + sample.wall, 0);
  const others = round.reduce((sum, sample) => sum + sample.others, 0);
  return wall > 1 && others / wall > DISTURBED;
}

async function untilQuiet() {
  for (let attempt = 0; attempt < 40; attempt += 1) {
    const before = busySeconds();
    await sleep(250);
    if (busySeconds() - before <= 0.25 * DISTURBED) return;
  }
}

/** CPU seconds that the whole machine has spent since it started; 0 where there is no /proc. */
function busySeconds() {
  if (!existsSync('/proc/stat')) return 0;
  const fields = readFileSync('/proc/stat', 'utf8').split('\n', 1)[0].trim().split(/\s+/);
  const [user, nice, system, , , interrupts, softInterrupts] = fields.slice(1).map(Number);
  return (user + nice + system + interrupts + softInterrupts) / 100;
}

/** @throws when the machine lacks what processes are measured with. */
export function requireTools() {
  const version = spawnSync(GNU_TIME, ['--version'], { encoding: 'utf8' });
  if (version.error || !`${version.stdout}${version.stderr}`.includes('GNU')) {
    throw new Error(`${GNU_TIME} is not GNU time. On Debian and Ubuntu: apt-get install time`);
  }
  if (spawnSync('bash', ['-c', ':']).error) throw new Error('bash is needed to time processes.');
}
