import heroUrl from '../assets/hero.webp';
import { ProductCard } from '../catalogue/product-card.tsx';
import { products } from '../catalogue/products.ts';

export function HomePage() {
  return (
    <>
      <section class="hero">
        <img src={heroUrl} width="960" height="420" alt="A balance with beans in both pans" />
        <h1>Good coffee starts on a scale</h1>
        <p>Scales, grinders and kettles, chosen by people who weigh their water too.</p>
      </section>
      <h2>The whole shop</h2>
      <ul class="cards">
        {products.map((product) => (
          <ProductCard key={product.id} product={product} />
        ))}
      </ul>
    </>
  );
}
