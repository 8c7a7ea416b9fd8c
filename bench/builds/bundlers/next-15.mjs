import { nextFacts } from '../facts/next.mjs';
import { buildByNext } from './next.mjs';

export async function build(root) {
  const config = { productionBrowserSourceMaps: true, outputFileTracingRoot: root };
  return { version: buildByNext(root, config, []), assets: nextFacts(root) };
}
