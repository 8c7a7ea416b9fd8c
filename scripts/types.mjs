// Declarations of the library, as TypeScript writes them, with the endings that consumers need.
import { execFileSync } from 'node:child_process';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export async function writeTypes(root, dist) {
  const out = join(dist, 'types');
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  execFileSync(
    process.execPath,
    [
      tsc,
      '--noEmit',
      'false',
      '--declaration',
      '--emitDeclarationOnly',
      '--rewriteRelativeImportExtensions',
      '--module',
      'nodenext',
      '--moduleResolution',
      'nodenext',
      '--target',
      'es2023',
      '--lib',
      'es2023,es2024.string',
      '--strict',
      '--exactOptionalPropertyTypes',
      '--allowImportingTsExtensions',
      'false',
      '--skipLibCheck',
      '--types',
      'node',
      '--ignoreConfig',
      '--rootDir',
      'src',
      '--outDir',
      out,
      'src/index.ts',
    ],
    { cwd: root, stdio: 'inherit' },
  );
  await pruneTo(out, 'index.d.ts');
}

/** Only what the library's own declaration reaches is published. */
async function pruneTo(folder, entry) {
  const reached = new Set();
  const queue = [entry];
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (reached.has(file)) continue;
    reached.add(file);
    const path = join(folder, file);
    const text = (await readFile(path, 'utf8')).replaceAll(
      /(['"])(\.{1,2}\/[^'"]+)\.ts\1/g,
      '$1$2.js$1',
    );
    await writeFile(path, text);
    for (const [, target] of text.matchAll(/from ['"](\.{1,2}\/[^'"]+)\.js['"]/g)) {
      queue.push(join(file, '..', `${target}.d.ts`));
    }
  }
  for (const file of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!file.isFile()) continue;
    const path = join(file.parentPath, file.name);
    if (!reached.has(path.slice(folder.length + 1))) await rm(path);
  }
}
