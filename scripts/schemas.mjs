// JSON Schemas from the zod schemas that the code itself validates with.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

const ID = 'https://unpkg.com/weighbridge@1/dist';

export async function writeSchemas(root, dist) {
  const { fileSchema, reportSchema, snapshotSchema, toJSONSchema } = await load(root);
  const write = (name, title, schema, io) => {
    const json = toJSONSchema(schema, { target: 'draft-7', io });
    const { $schema, ...rest } = json;
    const file = { $schema, $id: `${ID}/${name}`, title, ...rest };
    if (name.startsWith('budgets'))
      Object.assign(file, { allowComments: true, allowTrailingCommas: true });
    return writeFile(join(dist, name), `${JSON.stringify(file, null, 2)}\n`);
  };
  await write('budgets.schema.json', 'Weighbridge budgets file', fileSchema(), 'input');
  await write('report.schema.json', 'Weighbridge JSON report', reportSchema, 'output');
  await write('snapshot.schema.json', 'Weighbridge snapshot', snapshotSchema, 'input');
}

/** The sources are TypeScript, which Node 20 does not read: bundled once for this. */
async function load(root) {
  const folder = await mkdtemp(join(root, 'node_modules', '.weighbridge-'));
  try {
    const entry = join(folder, 'entry.ts');
    const from = (path) => JSON.stringify(join(root, path));
    await writeFile(
      entry,
      `export { fileSchema } from ${from('src/config/schema.ts')};
export { reportSchema } from ${from('src/model/report-schema.ts')};
export { snapshotSchema } from ${from('src/model/snapshot-schema.ts')};
export { toJSONSchema } from 'zod/mini';`,
    );
    const bundle = await rolldown({
      input: entry,
      platform: 'node',
      resolve: { alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' } },
      treeshake: { moduleSideEffects: false },
    });
    const file = join(folder, 'schemas.mjs');
    await bundle.write({
      file,
      format: 'esm',
      codeSplitting: false,
      postBanner:
        "import { createRequire as wbCreateRequire } from 'node:module';\nconst require = wbCreateRequire(import.meta.url);",
    });
    await bundle.close();
    return await import(pathToFileURL(file).href);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
