// The HTML page of a bundler that makes none.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes dist/index.html: the application's own, with these entry scripts and style sheets. */
export function writePage(root, { scripts, styles }) {
  const page = readFileSync(join(root, 'index.html'), 'utf8');
  const links = styles.map((file) => `    <link rel="stylesheet" href="/${file}" />\n`).join('');
  const tags = scripts.map((file) => `<script type="module" src="/${file}"></script>`).join('');
  const script = /<script type="module" src="\/src\/main\.jsx"><\/script>/;
  const written = page.replace('  </head>', `${links}  </head>`).replace(script, tags);
  writeFileSync(join(root, 'dist/index.html'), written);
}
