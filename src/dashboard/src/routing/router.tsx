import { computed, signal } from '@preact/signals';
import type { AnchorHTMLAttributes, ComponentChildren } from 'preact';

/** Where the browser is: the path as it stands in the address bar (still percent-encoded) and its query. */
export interface Place {
  readonly path: string;
  readonly query: URLSearchParams;
}

const read = (): Place => ({ path: location.pathname, query: new URLSearchParams(location.search) });

export const place = signal<Place>(read());

addEventListener('popstate', () => (place.value = read()));

/** Goes to an address of the dashboard. Replacing leaves no step to go back to. */
export function go(address: string, replace = false): void {
  if (replace) history.replaceState(null, '', address);
  else history.pushState(null, '', address);
  place.value = read();
}

/** Changes parameters of the address, keeping the others; null removes one. */
export function setQuery(changes: Readonly<Record<string, string | null>>, replace = true): void {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === '') query.delete(name);
    else query.set(name, value);
  }
  const text = query.toString();
  go(location.pathname + (text ? `?${text}` : ''), replace);
}

/** A parameter of the address as a signal's value; null where it is not given. */
export function parameter(name: string): string | null {
  return place.value.query.get(name);
}

/** Parameters that stay when another page is opened: the date. */
const lasting = ['asOf'];

const lastingQuery = computed(() => lasting.flatMap((name) => (place.value.query.has(name) ? [[name, place.value.query.get(name) ?? '']] : [])));

/** An address with the parameters that last. */
export function addressTo(path: string, query: Readonly<Record<string, string | null | undefined>> = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value) search.set(name, value);
  for (const [name, value] of lastingQuery.value) if (name !== undefined && value !== undefined) search.set(name, value);
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}

export interface LinkProperties extends Omit<AnchorHTMLAttributes, 'href'> {
  readonly to: string;
  readonly query?: Readonly<Record<string, string | null | undefined>>;
  readonly children?: ComponentChildren;
}

/** A link within the dashboard; opened elsewhere (new tab, middle button) it is an ordinary one. */
export function Link({ to, query, children, ...rest }: LinkProperties) {
  const href = addressTo(to, query);
  return (
    <a
      {...rest}
      href={href}
      onClick={(event) => {
        if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        go(href);
      }}
    >
      {children}
    </a>
  );
}

/** The segments of a pattern like /people/{id} as a path has them, decoded once; null where the path is another. */
export function match(pattern: string, path: string): Readonly<Record<string, string>> | null {
  const expected = pattern.split('/');
  const actual = path.length > 1 && path.endsWith('/') ? path.slice(0, -1).split('/') : path.split('/');
  if (expected.length !== actual.length) return null;
  const found: Record<string, string> = {};
  for (const [index, segment] of expected.entries()) {
    const given = actual[index] ?? '';
    if (segment.startsWith('{')) {
      if (given === '') return null;
      try {
        found[segment.slice(1, -1)] = decodeURIComponent(given);
      } catch {
        return null;
      }
    } else if (segment !== given) return null;
  }
  return found;
}

/** The path of a person's page. */
export function personPath(id: string): string {
  return `/people/${encodeURIComponent(id)}`;
}
