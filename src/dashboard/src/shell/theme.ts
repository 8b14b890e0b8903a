import { effect, signal } from '@preact/signals';

export type Theme = 'light' | 'dark';

const system = matchMedia('(prefers-color-scheme: dark)');
const stored = document.documentElement.dataset['theme'];
const chosen = signal<Theme | null>(stored === 'light' || stored === 'dark' ? stored : null);

/** What is shown now; charts and networks draw themselves again when it changes. */
export const theme = signal<Theme>(chosen.value ?? (system.matches ? 'dark' : 'light'));

system.addEventListener('change', () => {
  if (chosen.value === null) theme.value = system.matches ? 'dark' : 'light';
});

effect(() => {
  if (chosen.value === null) return;
  theme.value = chosen.value;
  document.documentElement.dataset['theme'] = chosen.value;
  try {
    localStorage.setItem('theme', chosen.value);
  } catch {
    // Without storage the choice lives as long as the page.
  }
});

export function toggleTheme(): void {
  chosen.value = theme.value === 'dark' ? 'light' : 'dark';
}

const computed = new Map<string, string>();

/** A colour of a theme as the browser computed it: canvases know no custom properties. Of the theme that is shown now. */
export function colourOf(name: string, shown: Theme = theme.peek()): string {
  const key = shown + name;
  let colour = computed.get(key);
  if (colour === undefined) {
    colour = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    computed.set(key, colour);
  }
  return colour;
}
