import { ErrorBoundary, LocationProvider, lazy, Route, Router } from 'preact-iso';
import { CartLink } from './cart/cart-link.tsx';
import { HomePage } from './pages/home.tsx';
import { NotFoundPage } from './pages/not-found.tsx';
import { SearchBox } from './search/search-box.tsx';

const ProductPage = lazy(() => import('./pages/product.tsx').then((page) => page.ProductPage));
const OrdersPage = lazy(() => import('./pages/orders.tsx').then((page) => page.OrdersPage));
const CheckoutPage = lazy(() => import('./pages/checkout.tsx').then((page) => page.CheckoutPage));

export function App() {
  return (
    <LocationProvider>
      <header class="bar">
        <a class="bar-brand" href="/">
          Gram &amp; Grain
        </a>
        <SearchBox />
        <nav class="bar-links" aria-label="Shop">
          <a href="/orders">Orders</a>
          <CartLink />
        </nav>
      </header>
      <main>
        <ErrorBoundary>
          <Router>
            <Route path="/" component={HomePage} />
            <Route path="/product/:id" component={ProductPage} />
            <Route path="/orders" component={OrdersPage} />
            <Route path="/checkout" component={CheckoutPage} />
            <Route default component={NotFoundPage} />
          </Router>
        </ErrorBoundary>
      </main>
      <footer class="foot">Gram &amp; Grain is an example shop. Nothing here is for sale.</footer>
    </LocationProvider>
  );
}
