const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Milliseconds for all of the tasks: a runner that is cancelled waits 7.5 s before it insists. */
const LIMIT = 7_000;

/** Ended from the last to the first: what was begun last rests on what was begun before. */
const tasks: (() => Promise<void>)[] = [];
let isDying = false;

/** Has a task done before a signal ends our own process; the result calls that off. */
export function onDeath(task: () => Promise<void>): () => void {
  // A function of its own each time: the same task may be given twice.
  const own = () => task();
  tasks.push(own);
  if (tasks.length === 1 && !isDying) listen();
  return () => {
    const at = tasks.indexOf(own);
    if (at >= 0) tasks.splice(at, 1);
    if (tasks.length === 0 && !isDying) unlisten();
  };
}

/**
 * A signal that comes again while we tidy changes nothing: npm passes on to us what the terminal
 * has told us already.
 */
async function die(signal: NodeJS.Signals): Promise<void> {
  if (isDying) return;
  isDying = true;
  await Promise.race([doAll(), new Promise((done) => setTimeout(done, LIMIT))]);
  unlisten();
  isDying = false;
  // Others who listen decide for themselves whether the process ends.
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
}

async function doAll(): Promise<void> {
  for (let task = tasks.pop(); task !== undefined; task = tasks.pop()) {
    // One that fails must not keep the others from being done.
    await task().catch(() => {});
  }
}

function listen(): void {
  for (const signal of SIGNALS) process.on(signal, die);
}

function unlisten(): void {
  for (const signal of SIGNALS) process.off(signal, die);
}
