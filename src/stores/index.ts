import type { StoreChoice } from '../model/baseline.ts';
import type { Store, StoreContext } from './store.ts';

type Kind = StoreChoice['kind'];
type Choice<Of extends Kind> = {
  [Each in Of]: { readonly kind: Each } & Extract<StoreChoice, { kind: Each }>;
}[Of];
type Openers = { [Of in Kind]: (choice: Choice<Of>, context: StoreContext) => Promise<Store> };

/** Every place that keeps records, by its kind in a budgets file; loaded when used. */
export const stores = {
  artifact: async (_, context) => (await import('./artifact.ts')).artifactStore(context),
  git: async ({ ref }, context) => (await import('./git.ts')).gitStore(ref, context),
  file: async ({ folder }, context) => (await import('./file.ts')).fileStore(folder, context),
} satisfies Openers;

/** The store of a choice. */
export function openStore<Of extends Kind>(choice: Choice<Of>, context: StoreContext) {
  const openers: Openers = stores;
  return openers[choice.kind](choice, context);
}
