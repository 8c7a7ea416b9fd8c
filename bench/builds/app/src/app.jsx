import { lazy, Suspense, useState } from 'react';
import { Button } from './components/button.jsx';
import About from './screens/about.jsx';
import Home from './screens/home.jsx';
import './styles/base.css';

const Report = lazy(() => import('./screens/report.jsx'));
const Settings = lazy(() => import('./screens/settings.jsx'));

const PAGES = {
  home: Home,
  about: About,
  report: Report,
  settings: Settings,
};

/** The shell: a row of buttons, and the page that was chosen by them. */
export function App() {
  const [name, choose] = useState('home');
  const Page = PAGES[name];
  return (
    <main className="shell">
      <nav className="shell-nav">
        {Object.keys(PAGES).map((page) => (
          <Button key={page} isPressed={page === name} onPress={() => choose(page)}>
            {page}
          </Button>
        ))}
      </nav>
      <Suspense fallback={<p className="shell-wait">One moment</p>}>
        <Page />
      </Suspense>
    </main>
  );
}
