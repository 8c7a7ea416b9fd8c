import { canonicalId } from '../core/module-id.ts';

/** The canonical id of a module by the name that metadata gives it; null for a bundler's own code. */
export type ModuleName = (name: string) => string | null;

/**
 * @param root absolute; the budgets file's folder
 * @param folder absolute; what relative names are seen from
 */
export function moduleNames(root: string, folder: string = root): ModuleName {
  const known = new Map<string, string | null>();
  // Importers name a module again and again.
  return (name) => {
    const id = known.get(name);
    if (id !== undefined) return id;
    const found = canonicalId(name, { root, folder });
    known.set(name, found);
    return found;
  };
}
