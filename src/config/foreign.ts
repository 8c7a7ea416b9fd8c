import { UserError } from '../model/errors.ts';

/**
 * Other tools' budget files are recognised and named, never half-understood.
 * @throws UserError `foreign-config`
 */
export function refuseForeign(value: unknown, file: string): void {
  const tool = Array.isArray(value) ? arrayTool(value) : objectTool(value);
  if (tool === null) return;
  throw new UserError(
    'foreign-config',
    `${file} is ${tool.name}, not a budgets file of Weighbridge.`,
    {
      hint: tool.hint,
    },
  );
}

interface Tool {
  readonly name: string;
  readonly hint: string;
}

const LIGHTHOUSE_BUDGET: Tool = {
  name: 'a Lighthouse budget.json',
  hint: 'Its sizes are KiB: write { "lighthouse": "reports/*.json", "metrics": { "resource-size:script": { "max": "300 KiB" } } }.',
};

const SIZE_LIMIT: Tool = {
  name: 'a size-limit configuration',
  hint: 'Write { "files": "dist/index.js", "max": "10 kB" } for { "path": "dist/index.js", "limit": "10 kB" }; size-limit compresses with brotli unless "gzip" is true.',
};

const SIZE_LIMIT_OF_IMPORTS: Tool = {
  name: SIZE_LIMIT.name,
  hint: 'Write { "import": "{ a }", "from": "dist/index.js", "max": "3 kB", "encoding": "brotli" } for { "path": "dist/index.js", "import": "{ a }", "limit": "3 kB" }.',
};

const BUNDLEWATCH: Tool = {
  name: 'a bundlewatch or bundlesize configuration',
  hint: 'Write { "files": "dist/*.js", "max": "10 KiB" } for { "path": "dist/*.js", "maxSize": "10KB" }: there a KB is 1024 bytes.',
};

function arrayTool(list: readonly unknown[]): Tool | null {
  const keys = new Set(list.flatMap((item) => (isObject(item) ? Object.keys(item) : [])));
  if (['resourceSizes', 'resourceCounts', 'timings'].some((key) => keys.has(key))) {
    return LIGHTHOUSE_BUDGET;
  }
  if (keys.has('maxSize')) return BUNDLEWATCH;
  if (!keys.has('path') && !keys.has('limit')) return null;
  return keys.has('import') ? SIZE_LIMIT_OF_IMPORTS : SIZE_LIMIT;
}

function objectTool(value: unknown): Tool | null {
  if (!isObject(value)) return null;
  if (isObject(value.ci) && Object.keys(value).length === 1) {
    return {
      name: 'a Lighthouse CI configuration',
      hint: 'Keep it for collecting, and judge its reports: { "lighthouse": ".lighthouseci", "metrics": { ... } }.',
    };
  }
  const isList = Array.isArray(value.files) && value.files.every(isObject);
  return isList && !('budgets' in value) ? BUNDLEWATCH : null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
