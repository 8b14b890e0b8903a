import { apiKey, keyDialog, underWay } from '../api/client';
import { Icon } from '../components/Icon';
import { PersonPicker } from '../components/PersonPicker';
import { addressTo, go, personPath } from '../routing/router';
import { menuOpen } from './Navigation';
import { theme, toggleTheme } from './theme';

export function TopBar() {
  const isDark = theme.value === 'dark';
  return (
    <header class="top">
      <button type="button" class="button quiet menu-button" aria-label="Menu" aria-expanded={menuOpen.value} aria-controls="navigation" onClick={() => (menuOpen.value = !menuOpen.value)}>
        <Icon name="menu" size={20} />
      </button>
      <PersonPicker label="Find a person" hideLabel placeholder="Find a person   /" shortcut="/" clearAfter onPick={(id) => go(addressTo(personPath(id)))} />
      <span class="spacer" />
      {apiKey.value !== null && (
        <button type="button" class="button quiet" aria-label="Change the key" title="Change the key" onClick={() => (keyDialog.value = 'asked')}>
          <Icon name="key" />
        </button>
      )}
      <button type="button" class="button quiet" aria-label={isDark ? 'Light theme' : 'Dark theme'} title={isDark ? 'Light theme' : 'Dark theme'} onClick={toggleTheme}>
        <Icon name={isDark ? 'sun' : 'moon'} />
      </button>
      {underWay.value > 0 && <span class="busy" />}
    </header>
  );
}
