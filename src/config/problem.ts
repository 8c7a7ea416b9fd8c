export type Path = readonly (string | number)[];

/** One thing that is wrong in a budgets file, at a JSON path. */
export interface Problem {
  readonly path: Path;
  readonly what: string;
  readonly hint: string | null;
}

export function problem(path: Path, what: string, hint: string | null = null): Problem {
  return { path, what, hint };
}

/** `budgets[2].metric`; the empty path is the file itself. */
export function showPath(path: Path): string {
  return path
    .map((part) => {
      if (typeof part === 'number') return `[${part}]`;
      return /^[\w$]+$/.test(part) ? `.${part}` : `[${JSON.stringify(part)}]`;
    })
    .join('')
    .replace(/^\./, '');
}
