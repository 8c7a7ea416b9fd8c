// Style sheets for bundlers that leave them to plugins: each goes out as a file of its own, with the files that
// it names beside it. Which of them a page needs is left to whoever writes the page.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, dirname, extname, relative, resolve } from 'node:path';

/** A Rollup plugin. `minify` takes CSS and gives CSS. */
export function styles(root, minify) {
  return {
    name: 'styles',
    async load(id) {
      if (!id.endsWith('.css')) return null;
      const text = readFileSync(id, 'utf8').replace(/url\("(.+?)"\)/g, (_, path) => {
        return `url("/${emit(this, root, resolve(dirname(id), path))}")`;
      });
      emit(this, root, id, await minify(text));
      // Rolldown takes the type of a module from its name, unless it is told.
      return { code: '', moduleSideEffects: true, moduleType: 'js' };
    },
  };
}

function emit(context, root, path, source = readFileSync(path)) {
  const hash = createHash('sha256').update(source).digest('base64url').slice(0, 8);
  const extension = extname(path);
  const fileName = `assets/${basename(path, extension)}-${hash}${extension}`;
  context.emitFile({ type: 'asset', fileName, source, originalFileName: relative(root, path) });
  return fileName;
}
