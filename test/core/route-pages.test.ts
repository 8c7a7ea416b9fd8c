import { describe, expect, it } from 'vitest';
import { namedParts, routePages } from '../../src/core/route-pages.ts';
import type { Page } from '../../src/model/page.ts';
import { page, pageBudget } from '../support/build.ts';

const part = (path: string, initial: readonly string[]): Page => ({
  path,
  kind: 'route',
  initial,
  lazy: [],
  unresolved: [],
});

const ORDERS = part('src/pages/orders.tsx', [
  'd/orders.js',
  'd/shared.js',
  'd/vendor.js',
  'd/o.css',
]);
const INDEX = page('d/index.html', {
  initial: ['d/main.js', 'd/vendor.js'],
  lazy: ['d/orders.js', 'd/shared.js', 'd/o.css'],
});

describe('a lazy part of a page', () => {
  it('fetches what the page has not loaded before', () => {
    const { parts, routes } = routePages({ dynamicEntries: [ORDERS] }, [INDEX]);
    expect(routes).toEqual([]);
    expect(parts).toEqual([
      {
        path: 'src/pages/orders.tsx',
        kind: 'route',
        initial: ['d/index.html', 'd/main.js', 'd/vendor.js'],
        lazy: ['d/orders.js', 'd/shared.js', 'd/o.css'],
        unresolved: [],
      },
    ]);
  });

  it('of several pages leaves out what all of these have loaded', () => {
    const other = page('d/b.html', {
      initial: ['d/vendor.js', 'd/shared.js'],
      lazy: ['d/orders.js'],
    });
    const alien = page('d/c.html', { initial: ['d/x.js'] });
    const { parts } = routePages({ dynamicEntries: [ORDERS] }, [INDEX, other, alien]);
    expect(parts).toMatchObject([
      { initial: ['d/vendor.js'], lazy: ['d/orders.js', 'd/shared.js', 'd/o.css'] },
    ]);
  });

  it('of no page fetches all of it', () => {
    const { parts } = routePages({ dynamicEntries: [ORDERS] }, []);
    expect(parts).toMatchObject([{ initial: [], lazy: ORDERS.initial }]);
  });

  it('brings the page its style sheets, which no file of the build may name', () => {
    const { lazy } = INDEX;
    const unnamed = { ...INDEX, lazy: lazy.filter((path) => path !== 'd/o.css') };
    const { pages, parts } = routePages({ dynamicEntries: [ORDERS] }, [unnamed]);
    expect(pages).toEqual([INDEX]);
    expect(parts[0]?.lazy).toContain('d/o.css');
  });

  it('is kept where a budget names it', () => {
    const { selection } = pageBudget({ subject: 'route', page: 'src/pages/*.tsx' });
    const parts = [ORDERS, part('src/search.ts', [])];
    const selections = selection.kind === 'pages' ? [selection] : [];
    expect(namedParts(parts, selections)).toEqual([ORDERS]);
    expect(namedParts(parts, [])).toEqual([]);
  });
});

describe('pages without HTML', () => {
  const checkout = part('/checkout', ['d/c.js']);
  const entry = part('src/main.ts', ['d/main.js']);

  it('are the routes of a framework', () => {
    const { routes } = routePages({ routes: [checkout], entries: [entry] }, []);
    expect(routes).toEqual([checkout]);
  });

  it('or else the entrypoints', () => {
    expect(routePages({ entries: [entry] }, []).routes).toEqual([entry]);
    expect(routePages({ entries: [entry] }, [INDEX]).routes).toEqual([]);
  });
});
