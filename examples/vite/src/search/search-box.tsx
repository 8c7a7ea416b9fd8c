import { useRef, useState } from 'preact/hooks';
import type { Product } from '../catalogue/products.ts';
import type { findProducts } from './search-index.ts';

type Find = typeof findProducts;

export function SearchBox() {
  const find = useRef<Find | null>(null);
  const [hits, setHits] = useState<readonly Product[]>([]);

  // The index comes with the first focus: most visits never search.
  const load = async () => {
    find.current ??= (await import('./search-index.ts')).findProducts;
  };
  const search = async (query: string) => {
    await load();
    setHits(query === '' ? [] : (find.current?.(query) ?? []));
  };

  return (
    <search class="search">
      <input
        type="search"
        aria-label="Search the shop"
        placeholder="Search"
        onFocus={load}
        onInput={(event) => search(event.currentTarget.value)}
      />
      {hits.length > 0 && (
        <ul class="search-hits">
          {hits.map((hit) => (
            <li key={hit.id}>
              <a href={`/product/${hit.id}`} onClick={() => setHits([])}>
                {hit.name}
              </a>
            </li>
          ))}
        </ul>
      )}
    </search>
  );
}
