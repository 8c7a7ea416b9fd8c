import { useLayoutEffect, useState } from 'preact/hooks';
import {
  type CartLine,
  cartLines,
  emptyCart,
  lineCents,
  setQuantity,
  totalCents,
} from '../cart/cart.ts';
import { findProduct } from '../catalogue/products.ts';
import { DeliveryForm } from '../checkout/delivery-form.tsx';
import { formatPrice } from '../format.ts';
import { keepOrder, type PlacedOrder } from '../orders/order-log.ts';
import { type Column, DataTable } from '../table/data-table.tsx';
import './checkout.css';

performance.mark('checkout-start');

const columns: readonly Column<CartLine>[] = [
  { title: 'Product', cell: nameOf, sortBy: nameOf },
  {
    title: 'Quantity',
    align: 'end',
    cell: (line) => (
      <input
        type="number"
        min="0"
        max="99"
        aria-label={`Quantity of ${nameOf(line)}`}
        value={line.quantity}
        onChange={(event) => setQuantity(line.productId, event.currentTarget.valueAsNumber)}
      />
    ),
  },
  { title: 'Price', align: 'end', cell: (line) => formatPrice(lineCents(line)), sortBy: lineCents },
];

export function CheckoutPage() {
  const [placed, setPlaced] = useState<PlacedOrder | null>(null);
  useLayoutEffect(markReady, []);

  const order = () => {
    setPlaced(keepOrder(cartLines.value, totalCents.value));
    emptyCart();
  };

  if (placed !== null) return <Thanks order={placed} />;
  return (
    <section class="checkout">
      <h1>Checkout</h1>
      <DataTable
        caption="Your cart"
        rows={cartLines.value}
        columns={columns}
        keyOf={(line) => line.productId}
      />
      <p class="price">In all {formatPrice(totalCents.value)}, delivery included</p>
      <DeliveryForm onOrder={order} />
    </section>
  );
}

function Thanks({ order }: { order: PlacedOrder }) {
  return (
    <section class="checkout">
      <h1>Thank you</h1>
      <p>
        Your order {order.number} over {formatPrice(order.cents)} is on its way.
      </p>
    </section>
  );
}

function nameOf(line: CartLine): string {
  return findProduct(line.productId)?.name ?? line.productId;
}

/** The moment the form can be filled in; a budget can name either entry. */
function markReady(): void {
  performance.mark('checkout-ready');
  performance.measure('checkout-form', 'checkout-start', 'checkout-ready');
}
