import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { CHROMIUM_FLAGS, chromiumPath } from '../support/chromium.ts';
import { temporaryFolder } from '../support/temporary.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const run = promisify(execFile);
const chromium = chromiumPath();

/** The example's own server, on a port of its own. */
async function serve(): Promise<string> {
  const child = spawn(process.execPath, ['serve.mjs', '0'], {
    cwd: join(ROOT, 'examples/vite'),
    env: { ...process.env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => {
    child.kill();
  });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const url = /http:\/\/localhost:\d+/.exec(line)?.[0];
  if (url === undefined) throw new Error(`the server said ${line}`);
  return url;
}

it.runIf(chromium !== null)(
  'judges what a real Lighthouse measures in a real browser',
  async () => {
    const url = await serve();
    const folder = await temporaryFolder({
      'budgets.json': {
        budgets: [
          {
            name: 'Checkout',
            lighthouse: 'reports',
            url: '/checkout',
            metrics: {
              'largest-contentful-paint': { max: '60 s' },
              'resource-count:script': { max: 2 },
              'user-timing:checkout-ready': { max: '60 s' },
              performance: { min: 0 },
            },
          },
        ],
      },
    });
    await mkdir(join(folder, 'reports'));
    const report = join(folder, 'reports/checkout.json');
    await run(
      process.execPath,
      [
        join(ROOT, 'node_modules/lighthouse/cli/index.js'),
        `${url}/checkout`,
        '--quiet',
        '--only-categories=performance',
        '--output=json',
        `--output-path=${report}`,
        `--chrome-path=${chromium}`,
        `--chrome-flags=${CHROMIUM_FLAGS.join(' ')}`,
      ],
      { env: { ...process.env, CHROME_PATH: chromium ?? '' } },
    );
    await copyFile(report, join(folder, 'reports/second-run-of-the-same.json'));
    const cli = [join(ROOT, 'dist/cli.js'), 'check', '--base', 'none', '--report', 'json'];
    const { stdout } = await run(process.execPath, cli, { cwd: folder }).catch(
      (failure: { stdout: string }) => failure,
    );
    const { verdict, meta } = JSON.parse(stdout);
    const statuses = Object.fromEntries(
      verdict.findings.map(({ metric, status }: Record<string, string>) => [metric, status]),
    );

    expect(statuses).toEqual({
      'largest-contentful-paint': 'pass',
      'resource-count:script': 'fail',
      'user-timing:checkout-ready': 'pass',
      performance: 'pass',
    });
    expect(meta.notes).toEqual(['1 run in reports is there twice, and is counted once.']);
  },
  180_000,
);
