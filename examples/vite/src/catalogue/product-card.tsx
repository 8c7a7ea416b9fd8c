import { formatPrice } from '../format.ts';
import { ProductIcon } from './product-icon.tsx';
import type { Product } from './products.ts';

export function ProductCard({ product }: { product: Product }) {
  return (
    <li class="card">
      <a href={`/product/${product.id}`}>
        <ProductIcon kind={product.kind} />
        <h3>{product.name}</h3>
        <p>{product.summary}</p>
        <p class="price">{formatPrice(product.cents)}</p>
      </a>
    </li>
  );
}
