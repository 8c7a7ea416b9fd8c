import type { Load } from './page.ts';

/** An asset, a package in it, or a module; its children's bytes sum to its own. */
export interface Content {
  readonly kind: 'asset' | 'package' | 'module' | 'rest';
  readonly name: string;
  /** Of a package, where it is known. */
  readonly version: string | null;
  /** In the encoding of the account. */
  readonly bytes: number;
  readonly raw: number;
  readonly load: Load | null;
  /** Largest first, the rest last; null where nothing says what is inside. */
  readonly children: readonly Content[] | null;
}
