import type { ComponentType } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useForgetOnNewKey } from '../api/names';
import { EvidenceDrawer } from '../components/Evidence';
import { Bones, Empty } from '../components/States';
import { Link, place } from '../routing/router';
import { KeyDialog } from './KeyDialog';
import { Navigation } from './Navigation';
import { findPage, type PageEntry } from './pages';
import { TimeBar } from './TimeBar';
import { TopBar } from './TopBar';

export function App() {
  useForgetOnNewKey();
  return (
    <div class="shell">
      <a class="skip" href="#main">
        Skip to the page
      </a>
      <Navigation />
      <div class="main">
        <TopBar />
        <main id="main" tabIndex={-1}>
          <Page />
        </main>
      </div>
      <TimeBar />
      <EvidenceDrawer />
      <KeyDialog />
    </div>
  );
}

/** The page of the address. Its code is fetched when it is first opened. */
function Page() {
  const { path } = place.value;
  const found = findPage(path);
  const [loaded, setLoaded] = useState<{ readonly entry: PageEntry; readonly component: ComponentType<{ ids: Readonly<Record<string, string>> }> } | null>(null);
  const [broken, setBroken] = useState(false);
  const before = useRef(path);
  const entry = found?.entry;

  useEffect(() => {
    document.title = `${entry?.title ?? 'Not found'} · NetworkGraph`;
    if (before.current !== path) {
      // A new page begins at its top, and the keyboard begins there too.
      before.current = path;
      scrollTo(0, 0);
      document.getElementById('main')?.focus({ preventScroll: true });
    }
  }, [path, entry]);

  // Fetched before anything is painted.
  useLayoutEffect(() => {
    let current = true;
    setBroken(false);
    entry?.load().then(
      (module) => current && setLoaded({ entry, component: module.default }),
      () => current && setBroken(true),
    );
    return () => {
      current = false;
    };
  }, [entry]);

  if (!found)
    return (
      <div class="page">
        <h1>There is no such page</h1>
        <Empty title="The address may be mistyped" icon="search">
          <Link to="/">Go to the overview</Link>
        </Empty>
      </div>
    );
  if (broken)
    return (
      <div class="page">
        <Empty title="This page could not be loaded" icon="alert">
          The server may have been renewed. <a href={location.href}>Load it again</a>
        </Empty>
      </div>
    );
  if (loaded?.entry !== entry || !loaded)
    return (
      <div class="page">
        <Bones lines={8} height={600} />
      </div>
    );
  const Component = loaded.component;
  return <Component key={found.entry.pattern + JSON.stringify(found.ids)} ids={found.ids} />;
}
