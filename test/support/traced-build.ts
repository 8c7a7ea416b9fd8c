import { mapOf } from './source-maps.ts';

/** A page whose script has a map that tells of every source in it. */
export interface TracedBuild {
  /** Bytes of packages by their names, each brought in by `web/Report.tsx`. */
  readonly packages?: Readonly<Record<string, number>>;
  /** Bytes of the project's own code. */
  readonly own?: number;
}

/** Text that compresses little, the same for the same name. */
function code(name: string, length: number): string {
  let state = [...name].reduce((sum, char) => sum * 31 + char.charCodeAt(0), 7) >>> 0;
  let text = '';
  while (text.length < length) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    text += state.toString(36);
  }
  return `${text.slice(0, length - 1)};`;
}

/** Its files, below a folder. */
export function tracedBuild(
  folder: string,
  { packages = {}, own = 1_000 }: TracedBuild = {},
): Readonly<Record<string, string>> {
  const names = Object.keys(packages);
  const imports = names.map((name) => `import ${name} from '${name}';`).join('\n');
  const { code: script, map } = mapOf([
    ['../web/main.tsx', code('main', own), "import './Report';"],
    ['../web/Report.tsx', code('report', 500), `${imports}\nexport {};`],
    ...names.map((name) => {
      const size = packages[name] ?? 0;
      return [`../node_modules/${name}/index.js`, code(name, size), 'export default 1;'] as const;
    }),
  ]);
  return {
    [`${folder}/index.html`]: '<!doctype html><script type="module" src="app.js"></script>',
    [`${folder}/app.js`]: `${script}\n//# sourceMappingURL=app.js.map`,
    [`${folder}/app.js.map`]: map,
  };
}
