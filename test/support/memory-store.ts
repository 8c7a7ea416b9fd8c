import type { OpenStore } from '../../src/baseline/open-stores.ts';
import { UserError } from '../../src/model/errors.ts';
import type { Keepable } from '../../src/stores/store.ts';

export interface MemoryStore extends OpenStore {
  readonly records: ReadonlyMap<string, Keepable>;
}

export interface MemoryStoreFacts {
  readonly kind?: OpenStore['kind'];
  readonly name?: string;
  readonly records?: readonly Keepable[];
  /** What `load` throws, by commit. */
  readonly broken?: Readonly<Record<string, Error>>;
  /** What everything throws. */
  readonly down?: Error;
}

/** A store that forgets with the test; newest record last given. */
export function memoryStore(facts: MemoryStoreFacts = {}): MemoryStore {
  const { kind = 'file', name = kind, records: given = [], broken = {}, down } = facts;
  const records = new Map<string, Keepable>();
  const key = (project: string, commit: string) => JSON.stringify([project, commit]);
  const up = () => {
    if (down !== undefined) throw down;
  };
  const save = async (one: Keepable) => {
    up();
    records.set(key(one.project, one.commit), one);
  };
  for (const one of given) records.set(key(one.project, one.commit), one);
  return {
    kind,
    name,
    records,
    save,
    load: async (project, commit) => {
      up();
      if (broken[commit] !== undefined) throw broken[commit];
      return records.get(key(project, commit)) ?? null;
    },
    commits: async (project) => {
      up();
      const ours = [...records.values()].filter((one) => one.project === project);
      return [...ours.map(({ commit }) => commit).reverse(), ...Object.keys(broken)];
    },
  };
}

export function storeError(code: string, message: string, hint: string | null = null): UserError {
  return new UserError(code, message, { hint });
}
