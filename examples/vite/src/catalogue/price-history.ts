import type { Product } from './products.ts';

export type PricePoint = { readonly month: string; readonly cents: number };

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Last year's price of a product by month, made up but always the same for the same product. */
export function priceHistory(product: Product): readonly PricePoint[] {
  const seed = [...product.id].reduce((sum, letter) => sum + letter.charCodeAt(0), 0);
  return months.map((month, index) => {
    const wave = Math.sin((seed + index * 40) / 30) * 0.06;
    const season = index > 9 ? -0.08 : 0;
    return { month, cents: Math.round((product.cents * (1 + wave + season)) / 10) * 10 };
  });
}
