import type { Product } from './products.ts';

const outlines: Readonly<Record<Product['kind'], string>> = {
  scale: 'M6 34h36v6H6zM12 28h24l3 6H9zM18 14h12v14H18zM21 18h6',
  grinder: 'M16 10h16l-3 12H19zM19 22h10v18H19zM24 10V5h14M15 40h18',
  kettle: 'M12 40l4-24h16l4 24zM16 22L4 12M20 16c0-7 8-7 8 0M36 20c8 0 8 14 1 14',
  dripper: 'M8 12h32L29 32H19zM15 32h18M19 38h10M40 15c6 0 5 9-4 9',
};

export function ProductIcon({ kind }: { kind: Product['kind'] }) {
  return (
    <svg class="icon" viewBox="0 0 48 48" role="img" aria-label={kind}>
      <path d={outlines[kind]} />
    </svg>
  );
}
