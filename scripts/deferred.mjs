// A build step: what an ordinary check imports but never calls is read at its first call. The sources
// import it as anything else, and stay synchronous; in CommonJS `require` can wait, so that neither
// its bytes are compiled nor its top level is run before somebody asks. (The `import defer` of a
// coming ECMAScript says the same of modules; neither Node nor TypeScript's checker runs it yet.)
import { join } from 'node:path';

const PREFIX = '\0deferred:';

/** By module: the functions that others call. */
const DEFERRED = {
  'src/config/foreign.ts': { name: 'foreign', functions: ['refuseForeign'] },
  'src/config/syntax-error.ts': { name: 'syntax-error', functions: ['syntaxError'] },
  'src/config/waivers.ts': { name: 'waivers', functions: ['readWaiver'] },
  'src/core/by-schema.ts': {
    name: 'by-schema',
    functions: ['snapshotBySchema', 'snapshotSetBySchema'],
  },
  'src/core/glob-expression.ts': { name: 'glob-expression', functions: ['globExpression'] },
  'src/core/import-subject.ts': { name: 'import-subject', functions: ['importSubject'] },
  'src/core/import-text.ts': { name: 'import-text', functions: ['coversImports', 'importText'] },
  'src/core/judge-relative.ts': { name: 'judge-relative', functions: ['judgeRelative'] },
  'src/core/left-out.ts': { name: 'left-out', functions: ['isLeftOut'] },
  'src/core/likeness.ts': { name: 'likeness', functions: ['likenessesOf'] },
  'src/core/loosening.ts': { name: 'loosening', functions: ['loosenings'] },
  'src/core/module-id.ts': { name: 'module-id', functions: ['canonicalId'] },
  'src/core/package-of.ts': { name: 'package-of', functions: ['packageOf'] },
  'src/core/package-subjects.ts': {
    name: 'package-subjects',
    functions: ['duplicatesSubject', 'packageSubject'],
  },
  'src/core/page-subjects.ts': { name: 'page-subjects', functions: ['pageSubjects'] },
  'src/core/pair.ts': { name: 'pair', functions: ['pairAssets'] },
  'src/core/pair-alike.ts': { name: 'pair-alike', functions: ['pairAlike'] },
  'src/core/report-subjects.ts': { name: 'report-subjects', functions: ['measuredSubjects'] },
  'src/core/route-pages.ts': { name: 'route-pages', functions: ['namedParts', 'routePages'] },
  'src/core/sketch.ts': { name: 'sketch', functions: ['readSketch', 'shortened', 'sketchOf'] },
  'src/format/cause-lists.ts': {
    name: 'cause-lists',
    functions: ['addUp', 'causesOf', 'firstCause', 'isNamed', 'keyOf'],
  },
  'src/format/causes.ts': { name: 'causes', functions: ['causeWords', 'nameOf'] },
  'src/format/compared.ts': { name: 'compared', functions: ['comparedWords'] },
  'src/format/loosened.ts': { name: 'loosened', functions: ['loosenedWords'] },
  'src/format/suggest.ts': { name: 'suggest', functions: ['didYouMean', 'suggestion'] },
  'src/host/death.ts': { name: 'death', functions: ['onDeath'] },
  'src/reporters/terminal-projects.ts': {
    name: 'terminal-projects',
    functions: ['projectBlocks', 'projectRemarks'],
  },
  'src/reporters/terminal-why.ts': {
    name: 'terminal-why',
    functions: ['whyBlock', 'whyLines'],
  },
  'src/sources/chunk-digest.ts': {
    name: 'chunk-digest',
    functions: ['blankChunk', 'chunkDigest', 'chunkIds'],
  },
  'src/sources/import-clause.ts': {
    name: 'import-clause',
    functions: ['clauseHint', 'importedNames'],
  },
  'src/sources/file-options.ts': { name: 'file-options', functions: ['fileOptions'] },
  'src/sources/import-options.ts': {
    name: 'import-options',
    functions: ['importOptions', 'importRules'],
  },
  'src/sources/page-options.ts': { name: 'page-options', functions: ['pageOptions', 'pageRules'] },
  'src/sources/open-limits.ts': { name: 'open-limits', functions: ['checkOpenLimits'] },
};

/** The entries that a build needs beside its doors, so that each is a file of its own. */
export function deferredEntries(root) {
  return Object.fromEntries(
    Object.entries(DEFERRED).map(([path, { name }]) => [`chunks/${name}`, join(root, path)]),
  );
}

/** Whether a module stands in for one that is read when it is called. */
export function isDeferred(id) {
  return id.startsWith(PREFIX);
}

/** A plugin: whoever imports such a module gets functions that load it when they are called. */
export function deferred(root) {
  const byId = new Map(Object.entries(DEFERRED).map(([path, of]) => [join(root, path), of]));
  const used = new Set();
  return {
    name: 'deferred',
    async resolveId(source, importer) {
      if (importer?.startsWith(PREFIX)) return { id: source, external: true };
      const found = importer === undefined ? null : await this.resolve(source, importer);
      if (found === null || !byId.has(found.id)) return null;
      used.add(found.id);
      return PREFIX + found.id;
    },
    load(id) {
      if (!isDeferred(id)) return null;
      const { name, functions } = byId.get(id.slice(PREFIX.length));
      // All of them end up in chunks/, so that a neighbour's name is its path.
      const call = (one) => `(...given) => require('./${name}.js').${one}(...given)`;
      const code = functions.map((one) => `export const ${one} = ${call(one)};`).join('\n');
      return { code, moduleType: 'js' };
    },
    // A row that nobody needs any more would be a file that nobody loads.
    generateBundle(_options, bundle) {
      for (const { facadeModuleId, exports = [] } of Object.values(bundle)) {
        const of = byId.get(facadeModuleId);
        const missing = of?.functions.find((one) => !exports.includes(one));
        if (missing !== undefined) this.error(`${facadeModuleId} exports no ${missing}`);
      }
      const stale = [...byId.keys()].find((id) => !used.has(id));
      if (stale !== undefined) this.error(`${stale} is deferred, and nothing imports it`);
    },
  };
}
