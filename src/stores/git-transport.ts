/** A file of the ref's tree. `id` is git's own of its content. */
export interface KeptFile {
  readonly path: string;
  readonly id: string;
}

/** A file that is not in git yet. */
export interface NewFile {
  readonly path: string;
  readonly content: string | Uint8Array;
}

/** What the ref pointed at when it was read; `tip` is null while there is no such ref. */
export interface Shelf {
  readonly tip: string | null;
  readonly files: readonly KeptFile[];
}

/** A way to the ref. All of them throw the UserError `store-unreachable` where it leads nowhere. */
export interface Transport {
  read(): Promise<Shelf>;
  /** The ref as it was when it was read last, without a way to it; null where it never was. */
  seen?(): Promise<Shelf | null>;
  /** The content of a file. */
  bytes(file: KeptFile): Promise<Uint8Array>;
  /**
   * Lets the ref point at a tree of these files and no others, if it still points at `tip`.
   * @returns null when it does; else why not, as when another writer was first
   */
  write(
    tip: string | null,
    files: readonly (KeptFile | NewFile)[],
    message: string,
  ): Promise<string | null>;
}

/** Who writes, whatever the machine calls its user. The domain is one that can never exist. */
export const WRITER = { name: 'weighbridge', email: 'noreply@weighbridge.invalid' };
