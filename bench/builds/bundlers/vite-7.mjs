import { version, build as viteBuild } from 'vite-7';
import { rollupFacts } from '../facts/rollup.mjs';

export async function build(root) {
  const facts = { version };
  await viteBuild({
    root,
    configFile: false,
    logLevel: 'warn',
    plugins: [rollupFacts(root, facts)],
    esbuild: { jsx: 'automatic' },
    build: { sourcemap: true, manifest: true },
  });
  return facts;
}
