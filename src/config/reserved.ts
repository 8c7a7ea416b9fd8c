/** Names that the budgets file will know one day, refused until what they mean is built. */
const RESERVED_SUBJECTS = ['k6', 'autocannon', 'hyperfine', 'vitest', 'benchmark'] as const;

const RESERVED_KEYS = ['against', 'percentile'] as const;

export function isReservedSubject(key: string): boolean {
  return (RESERVED_SUBJECTS as readonly string[]).includes(key);
}

export function isReservedKey(key: string): boolean {
  return (RESERVED_KEYS as readonly string[]).includes(key);
}

/** The one sentence for all of them. */
export function notBuiltYet(key: string): string {
  return `\`${key}\` is reserved: this version of Weighbridge cannot do it yet`;
}
