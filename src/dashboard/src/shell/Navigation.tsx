import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Icon, type IconName } from '../components/Icon';
import { Link, place } from '../routing/router';

export const menuOpen = signal(false);

interface Entry {
  readonly to: string;
  readonly title: string;
  readonly icon: IconName;
}

const groups: readonly { readonly title: string | null; readonly entries: readonly Entry[] }[] = [
  {
    title: null,
    entries: [
      { to: '/', title: 'Overview', icon: 'overview' },
      { to: '/people', title: 'People', icon: 'people' },
      { to: '/venues', title: 'Venues', icon: 'venue' },
      { to: '/map', title: 'Map', icon: 'map' },
    ],
  },
  {
    title: 'What to do next',
    entries: [
      { to: '/me', title: 'My day', icon: 'check' },
      { to: '/introductions', title: 'Introductions', icon: 'path' },
      { to: '/team', title: 'Who can get us in?', icon: 'both' },
      { to: '/dormant-ties', title: 'Dormant ties', icon: 'dormant' },
      { to: '/huddles', title: 'Huddles', icon: 'huddle' },
    ],
  },
  {
    title: 'Data',
    entries: [
      { to: '/live', title: 'Live', icon: 'live' },
      { to: '/import', title: 'Import', icon: 'import' },
      { to: '/duplicates', title: 'One person or two?', icon: 'people' },
      { to: '/measures', title: 'Measures', icon: 'book' },
    ],
  },
];

export function Navigation() {
  const { path } = place.value;
  useEffect(() => {
    menuOpen.value = false;
  }, [path]);
  return (
    <>
      {menuOpen.value && <button type="button" class="veil" aria-label="Close the menu" onClick={() => (menuOpen.value = false)} />}
      <nav class="nav" id="navigation" aria-label="Pages" data-open={menuOpen.value} onKeyDown={(event) => event.key === 'Escape' && (menuOpen.value = false)}>
        <Link to="/" class="brand">
          <img src="/icon.svg" width="26" height="26" alt="" />
          NetworkGraph
        </Link>
        {groups.map((group, index) => (
          <div key={index}>
            {group.title && <p class="group">{group.title}</p>}
            <ul>
              {group.entries.map((entry) => (
                <li key={entry.to}>
                  <Link to={entry.to} aria-current={isCurrent(entry.to, path) ? 'page' : undefined}>
                    <Icon name={entry.icon} />
                    {entry.title}
                  </Link>
                </li>
              ))}
            </ul>
          </div>
        ))}
        <p class="nav-foot">Contacts are not relationships.</p>
      </nav>
    </>
  );
}

function isCurrent(to: string, path: string): boolean {
  return to === '/' ? path === '/' : path === to || path.startsWith(`${to}/`);
}
