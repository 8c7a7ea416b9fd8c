import { emulatorModule, node24Path } from './node24.ts';

/** Before any test: Node 24 and the GitHub emulator are there, or the run ends saying what to do. */
export function setup(): void {
  const log = (line: string) => console.log(`[setup] ${line}`);
  node24Path(log);
  emulatorModule(log);
}
