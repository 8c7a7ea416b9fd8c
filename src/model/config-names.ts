/**
 * What a budgets file may be called where none is named, in order; two of them in one folder are an
 * error, as only one would be obeyed.
 */
export const CONFIG_NAMES = [
  'budgets.json',
  'budgets.jsonc',
  'weighbridge.config.js',
  'weighbridge.config.mjs',
  'weighbridge.config.ts',
] as const;
