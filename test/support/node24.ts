import { join } from 'node:path';

type Find = (log?: (line: string) => void) => string;

// A script without types, since other scripts run it too, on a Node that cannot read TypeScript.
const script: { node24: Find; emulator: Find } = await import(
  new URL('../../scripts/node24.mjs', import.meta.url).href
);

/** Path of a Node 24 binary, the version with which GitHub's hosted runner starts actions. */
export function node24Path(log?: (line: string) => void): string {
  return script.node24(log);
}

/** Path of the emulator's main module, to be imported by a Node 24 process. */
export function emulatorModule(log?: (line: string) => void): string {
  return join(script.emulator(log), 'dist', 'api.js');
}
