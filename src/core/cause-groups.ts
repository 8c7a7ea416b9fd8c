import { type Account, shareOf, type Weighed } from './account.ts';
import type { Owner, OwnerOf } from './module-owner.ts';

/** Bytes of one owner in one entry, on one side. */
export interface Amount {
  /** In the account's encoding. */
  readonly bytes: number;
  readonly raw: number;
}

/** What one owner has in one entry. */
export interface Cell {
  /** Index of the entry in its account. */
  readonly entry: number;
  readonly base: Amount;
  readonly head: Amount;
}

/** All of an owner's modules in what is explained. */
export interface Group {
  /** As head knows it, where head has it. */
  readonly owner: Owner;
  readonly cells: readonly Cell[];
  readonly base: Amount;
  readonly head: Amount;
}

const NOTHING: Amount = { bytes: 0, raw: 0 };

interface Draft {
  owner: Owner;
  readonly cells: Map<number, Cell>;
}

/** The modules of an account by their owners. */
export function groupsOf(
  { entries, encoding }: Account,
  ownerOf: { readonly base: OwnerOf; readonly head: OwnerOf },
): readonly Group[] {
  const drafts = new Map<string, Draft>();
  for (const side of ['base', 'head'] as const) {
    for (const [index, entry] of entries.entries()) {
      for (const { owner, amount } of amountsIn(entry[side], encoding, ownerOf[side])) {
        addTo(draftOf(owner, drafts).cells, index, side, amount);
      }
    }
  }
  return [...drafts.values()].map(({ owner, cells }) => groupOf(owner, [...cells.values()]));
}

function amountsIn(
  weighed: Weighed | null,
  encoding: Account['encoding'],
  ownerOf: OwnerOf,
): readonly { readonly owner: Owner; readonly amount: Amount }[] {
  if (weighed === null) return [];
  return (weighed.modules ?? []).map((module) => {
    const bytes = shareOf(module, weighed, encoding);
    return { owner: ownerOf(module.id), amount: { bytes, raw: module.raw } };
  });
}

/** Head comes last, and its word on the owner stays. */
function draftOf(owner: Owner, drafts: Map<string, Draft>): Draft {
  const draft = drafts.get(owner.key) ?? { owner, cells: new Map<number, Cell>() };
  draft.owner = owner;
  drafts.set(owner.key, draft);
  return draft;
}

function addTo(
  cells: Map<number, Cell>,
  entry: number,
  side: 'base' | 'head',
  amount: Amount,
): void {
  const cell = cells.get(entry) ?? { entry, base: NOTHING, head: NOTHING };
  cells.set(entry, { ...cell, [side]: sum(cell[side], amount) });
}

function groupOf(owner: Owner, cells: readonly Cell[]): Group {
  const total = (side: 'base' | 'head') => cells.map((cell) => cell[side]).reduce(sum, NOTHING);
  return { owner, cells, base: total('base'), head: total('head') };
}

function sum(left: Amount, right: Amount): Amount {
  return { bytes: left.bytes + right.bytes, raw: left.raw + right.raw };
}
