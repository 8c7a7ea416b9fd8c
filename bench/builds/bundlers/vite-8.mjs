import { version, build as viteBuild } from 'vite';
import { rollupFacts } from '../facts/rollup.mjs';

export async function build(root) {
  const facts = { version };
  await viteBuild({
    root,
    configFile: false,
    logLevel: 'warn',
    plugins: [rollupFacts(root, facts)],
    oxc: { jsx: { runtime: 'automatic' } },
    build: { sourcemap: true, manifest: true },
  });
  return facts;
}
