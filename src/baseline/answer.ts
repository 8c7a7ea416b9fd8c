/** What could be learned, or a sentence that says why not and what to do. */
export type Answer<Value> = { readonly value: Value } | { readonly missing: string };

/** The value of an answer; null where it is missing. */
export function valueOrNull<Value>(answer: Answer<Value>): Value | null {
  return 'value' in answer ? answer.value : null;
}
