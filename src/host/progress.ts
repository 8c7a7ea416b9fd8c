import type { Progress } from '../model/host.ts';

/** Milliseconds before a task is long enough to tell of. */
const QUIET_FOR = 1_000;

/** Shown only when it takes long, and wiped when it is done. */
export function progressBar(stderr: { write(text: string): unknown }): Progress {
  const started = performance.now();
  let drawn = -1;
  return (label, done, total) => {
    const percent = total === 0 ? 100 : Math.floor((done / total) * 100);
    if (percent === drawn || performance.now() - started < QUIET_FOR) return;
    drawn = percent;
    const bar = '█'.repeat(Math.round(percent / 4)).padEnd(25, '░');
    stderr.write(done >= total ? '\r\u001b[K' : `\r${label} ${bar} ${percent} %`);
  };
}
