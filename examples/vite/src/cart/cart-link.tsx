import { formatCount } from '../format.ts';
import { itemCount } from './cart.ts';

export function CartLink() {
  return (
    <a href="/checkout" class="cart-link">
      Cart, {formatCount(itemCount.value, 'item')}
    </a>
  );
}
