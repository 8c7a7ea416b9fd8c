import MiniSearch from 'minisearch';
import { findProduct, type Product, products } from '../catalogue/products.ts';

const index = new MiniSearch<Product>({
  fields: ['name', 'kind', 'summary', 'description'],
  searchOptions: { boost: { name: 3, kind: 2 }, prefix: true, fuzzy: 0.2 },
});
index.addAll(products);

export function findProducts(query: string): readonly Product[] {
  return index
    .search(query)
    .slice(0, 6)
    .flatMap((hit) => findProduct(hit.id) ?? []);
}
