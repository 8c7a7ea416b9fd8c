import { computed, effect, signal } from '@preact/signals';
import { findProduct } from '../catalogue/products.ts';

export type CartLine = { readonly productId: string; readonly quantity: number };

const storageKey = 'gram-and-grain.cart';

export const cartLines = signal<readonly CartLine[]>(restoreLines());

export const itemCount = computed(() =>
  cartLines.value.reduce((sum, line) => sum + line.quantity, 0),
);

export const totalCents = computed(() =>
  cartLines.value.reduce((sum, line) => sum + lineCents(line), 0),
);

effect(() => localStorage.setItem(storageKey, JSON.stringify(cartLines.value)));

export function addToCart(productId: string): void {
  setQuantity(productId, quantityOf(productId) + 1);
}

export function setQuantity(productId: string, quantity: number): void {
  const others = cartLines.value.filter((line) => line.productId !== productId);
  cartLines.value = quantity > 0 ? [...others, { productId, quantity }] : others;
}

export function emptyCart(): void {
  cartLines.value = [];
}

export function lineCents(line: CartLine): number {
  return (findProduct(line.productId)?.cents ?? 0) * line.quantity;
}

function quantityOf(productId: string): number {
  return cartLines.value.find((line) => line.productId === productId)?.quantity ?? 0;
}

function restoreLines(): readonly CartLine[] {
  const stored = localStorage.getItem(storageKey);
  return stored === null ? [] : JSON.parse(stored);
}
