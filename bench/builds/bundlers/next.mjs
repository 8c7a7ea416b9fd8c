// What the builds by Next have in common. Its application is ours behind one page of the app router.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const LAYOUT = `export default function Layout({ children }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}
`;

const PAGE = `'use client';
import { App } from '../src/app.jsx';

export default function Page() {
  return <App />;
}
`;

/** Writes the routes and `config` into the project, and builds it. @returns the version of Next */
export function buildByNext(root, config, options) {
  mkdirSync(join(root, 'app'));
  writeFileSync(join(root, 'app/layout.jsx'), LAYOUT);
  writeFileSync(join(root, 'app/page.jsx'), PAGE);
  writeFileSync(join(root, 'next.config.mjs'), `export default ${JSON.stringify(config)};\n`);
  const next = join(root, 'node_modules/next');
  execFileSync(process.execPath, [join(next, 'dist/bin/next'), 'build', ...options], {
    cwd: root,
    stdio: 'inherit',
  });
  // A hundred megabytes that only another build would read.
  rmSync(join(root, '.next/cache'), { recursive: true, force: true });
  return JSON.parse(readFileSync(join(next, 'package.json'), 'utf8')).version;
}
