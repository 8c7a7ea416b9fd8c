import { init, parse } from 'es-module-lexer/minimal';

/** Specifiers as they are written, without those that are computed. */
export interface ScriptImports {
  readonly statics: readonly string[];
  readonly dynamics: readonly string[];
}

const NOTHING: ScriptImports = { statics: [], dynamics: [] };
/** Forms of `import` as the lexer counts them: plain, source and defer; `import.meta` is the third. */
const STATIC_FORMS: ReadonlySet<number> = new Set([1, 4, 6, 8]);
const DYNAMIC_FORMS: ReadonlySet<number> = new Set([2, 5, 7]);

/** Reads what scripts import; made once, because the lexer starts in its own time. */
export async function scriptLexer(): Promise<(code: string) => ScriptImports> {
  await init();
  return scriptImports;
}

/** What cannot be read as a script imports nothing: it is no script to a browser either. */
function scriptImports(code: string): ScriptImports {
  // A classic script without either word is not worth the lexer's time.
  if (!/\b(?:import|export)\b/.test(code)) return NOTHING;
  try {
    const [imports] = parse(code);
    const named = (forms: ReadonlySet<number>) =>
      imports.flatMap(({ n, t }) => (n !== undefined && forms.has(t) ? [n] : []));
    return { statics: named(STATIC_FORMS), dynamics: named(DYNAMIC_FORMS) };
  } catch {
    return NOTHING;
  }
}
