import { useRoute } from 'preact-iso';
import { addToCart } from '../cart/cart.ts';
import { priceHistory } from '../catalogue/price-history.ts';
import { ProductIcon } from '../catalogue/product-icon.tsx';
import { findProduct, type Product } from '../catalogue/products.ts';
import { LineChart } from '../chart/line-chart.tsx';
import { formatPrice } from '../format.ts';
import { LastBought } from '../orders/last-bought.tsx';
import { type Column, DataTable } from '../table/data-table.tsx';
import { NotFoundPage } from './not-found.tsx';
import './product.css';

type Detail = readonly [name: string, value: string];

const columns: readonly Column<Detail>[] = [
  { title: 'Detail', cell: ([name]) => name, sortBy: ([name]) => name },
  { title: 'Value', cell: ([, value]) => value },
];

export function ProductPage() {
  const product = findProduct(useRoute().params.id ?? '');
  return product === undefined ? <NotFoundPage /> : <ProductDetails product={product} />;
}

function ProductDetails({ product }: { product: Product }) {
  const points = priceHistory(product).map(({ month, cents }) => ({ label: month, value: cents }));
  return (
    <article class="product">
      <ProductIcon kind={product.kind} />
      <div>
        <h1>{product.name}</h1>
        <p>{product.description}</p>
        <LastBought productId={product.id} />
        <p class="price">{formatPrice(product.cents)}</p>
        <button type="button" class="button" onClick={() => addToCart(product.id)}>
          Add to cart
        </button>
      </div>
      <section>
        <h2>Price over the last year</h2>
        <LineChart title={`Price of the ${product.name}`} points={points} format={formatPrice} />
      </section>
      <section>
        <h2>Details</h2>
        <DataTable
          caption="What it is made of, and what it holds"
          rows={Object.entries(product.specification)}
          columns={columns}
          keyOf={([name]) => name}
        />
      </section>
    </article>
  );
}
