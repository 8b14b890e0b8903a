import { effect, signal } from '@preact/signals';

const meName = 'networkgraph-me';

function stored(): string | null {
  try {
    return localStorage.getItem(meName);
  } catch {
    return null;
  }
}

/** The id of the person who uses this browser, chosen once; null where it was not chosen. It never leaves the browser by itself. */
export const me = signal<string | null>(stored());

effect(() => {
  const id = me.value;
  try {
    if (id === null) localStorage.removeItem(meName);
    else localStorage.setItem(meName, id);
  } catch {
    // Without storage it is chosen anew in each tab.
  }
});
