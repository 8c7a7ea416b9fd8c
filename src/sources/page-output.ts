import { literalPattern } from '../core/select.ts';
import type { FoundFile, Host } from '../model/host.ts';

/** A folder of build output, as a server would serve it. */
export interface Output {
  /** In key form; `''` for the budgets file's own folder. */
  readonly root: string;
  /** All files below it, by path in key form. */
  readonly files: ReadonlyMap<string, FoundFile>;
}

/**
 * The folder that a server would serve a file from: the outermost one on its way that is neither
 * the budgets file's own folder nor a project's, with sources and packages of its own.
 * @param path in key form
 */
export async function outputRoot(path: string, folder: string, host: Host): Promise<string> {
  const parts = path.split('/').slice(0, -1);
  for (let length = parts.length; length > 1; length -= 1) {
    const parent = parts.slice(0, length - 1).join('/');
    if (await isProject(host.resolve(folder, parent), host))
      return parts.slice(0, length).join('/');
  }
  return parts[0] ?? '';
}

/** A package.json that names a module type and nothing else belongs to the output. */
export async function isProject(folder: string, host: Host): Promise<boolean> {
  const names = await host.list(folder);
  if (names.includes('node_modules') || names.includes('.git')) return true;
  if (!names.includes('package.json')) return false;
  const text = new TextDecoder().decode((await host.read(`${folder}/package.json`)) ?? undefined);
  return /"(?:name|scripts|(?:devD|peerD|d)ependencies|workspaces)"\s*:/.test(text);
}

/** Lists a folder of build output; packages that lie in it are none of it. */
export async function readOutput(root: string, folder: string, host: Host): Promise<Output> {
  const pattern = root === '' ? '**' : `${literalPattern(root)}/**`;
  const found = await host.glob([pattern, '!**/node_modules/**'], folder);
  return { root, files: new Map(found.map((file) => [file.path, file])) };
}
