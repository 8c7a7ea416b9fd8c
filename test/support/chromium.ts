import { existsSync } from 'node:fs';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** What a browser in a container needs, and what keeps it from calling home. */
export const CHROMIUM_FLAGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * The path of a Chromium or Chrome; null where there is none.
 * @throws Error in CI, where a missing browser must not pass for a passing test
 */
export function chromiumPath(): string | null {
  const path = [process.env.CHROME_PATH ?? '', ...PLACES].find(
    (one) => one !== '' && existsSync(one),
  );
  if (path !== undefined) return path;
  if (process.env.CI) throw new Error('no Chromium: apt-get install chromium, or set CHROME_PATH');
  console.warn('no Chromium found: the browser tests do not run; set CHROME_PATH to run them');
  return null;
}
