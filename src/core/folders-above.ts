/**
 * The folders that paths (in key form) lie in, and all above these, each once: of every path the
 * outermost first. '' stands among them where a path lies in no folder.
 */
export function foldersAbove(paths: Iterable<string>): Set<string> {
  const folders = new Set<string>();
  for (const path of paths) {
    const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
    // Those above it are known then too.
    if (!folders.has(folder)) addWithParents(folder, folders);
  }
  return folders;
}

function addWithParents(folder: string, folders: Set<string>): void {
  for (let end = folder.indexOf('/'); end >= 0; end = folder.indexOf('/', end + 1)) {
    folders.add(folder.slice(0, end));
  }
  folders.add(folder);
}
