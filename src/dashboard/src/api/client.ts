import { effect, signal } from '@preact/signals';
import type { components, paths } from './schema';

export type Schemas = components['schemas'];

type Json<R> = R extends { content: { 'application/json': infer A } } ? A : never;
type Get<P extends keyof paths> = paths[P] extends { get: infer G } ? G : never;
type Responses<P extends keyof paths> = Get<P> extends { responses: { 200: infer R } } ? R : never;

/** The paths that can be read and answer JSON. */
export type ReadPath = { [P in keyof paths]: Json<Responses<P>> extends never ? never : P }[keyof paths];

/** What a path answers. */
export type Answer<P extends ReadPath> = Json<Responses<P>>;

type QueryOf<P extends ReadPath> = Get<P> extends { parameters: { query?: infer Q } } ? NonNullable<Q> : object;
type SegmentsOf<P extends ReadPath> = Get<P> extends { parameters: { path: infer S } } ? S : undefined;

/** Segments of a path (ids, decoded) and its query; both as the API describes them. */
export interface Parameters<P extends ReadPath> {
  readonly path?: SegmentsOf<P>;
  readonly query?: { readonly [Q in keyof QueryOf<P>]: QueryOf<P>[Q] | undefined };
}

/** An answer that is not what was asked for: problem details (RFC 9457), or no answer at all (status 0). */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly retryAfterSeconds: number | null = null,
    readonly progress: { readonly position: number; readonly of: number } | null = null,
  ) {
    super(detail || title);
    this.name = 'ApiProblem';
  }

  /** The server is busy or still starting: asking again later may do. */
  get passes(): boolean {
    return this.status === 429 || this.status === 503;
  }
}

const keyName = 'networkgraph-key';

function storedKey(): string | null {
  try {
    return sessionStorage.getItem(keyName);
  } catch {
    return null;
  }
}

/** The API key of this browser tab; null where none was given. It leaves the tab only towards this server. */
export const apiKey = signal<string | null>(storedKey());

/** Why the dialog for a key is open: the server refused a request for want of a (right) key, or somebody asked for it; null where it is not. */
export const keyDialog = signal<'refused' | 'asked' | null>(null);

/** How many requests are under way. */
export const underWay = signal(0);

effect(() => {
  const key = apiKey.value;
  try {
    if (key === null) sessionStorage.removeItem(keyName);
    else sessionStorage.setItem(keyName, key);
  } catch {
    // Without storage the key lives as long as the page.
  }
});

/** Headers every request carries. */
export function requestHeaders(): Record<string, string> {
  return apiKey.value === null ? {} : { Authorization: `Bearer ${apiKey.value}` };
}

type Value = string | number | boolean | null | undefined;

/** The address of a request: segments percent-encoded once, the query in order of its names, without what is undefined. */
export function addressOf(template: string, path: object | undefined, query: object | undefined): string {
  const segments = new Map(Object.entries(path ?? {}));
  const filled = template.replace(/\{(\w+)\}/g, (_, name: string) => encodeSegment(String(segments.get(name))));
  const search = new URLSearchParams();
  const given = Object.entries(query ?? {}) as [string, Value | readonly Value[]][];
  for (const [name, value] of given.sort(([a], [b]) => (a < b ? -1 : 1)))
    for (const one of [value].flat()) if (one !== undefined && one !== null && one !== '') search.append(name, String(one));
  const text = search.toString();
  return text ? `${filled}?${text}` : filled;
}

function encodeSegment(id: string): string {
  return id === '.' || id === '..' ? id.replaceAll('.', '%2E') : encodeURIComponent(id);
}

/** Reads an address of the API. Fails with an {@link ApiProblem}, or with the signal's reason where it was aborted. */
export async function read(address: string, abort?: AbortSignal): Promise<unknown> {
  const key = apiKey.peek();
  underWay.value++;
  try {
    const response = await fetch(address, { headers: { Accept: 'application/json', ...requestHeaders() }, signal: abort ?? null, cache: 'no-store' });
    if (!response.ok) throw await problemOf(response, key);
    return await response.json();
  } catch (failure) {
    if (failure instanceof ApiProblem || abort?.aborted) throw failure;
    throw new ApiProblem(0, 'No answer', 'The server cannot be reached. It may be stopped or starting.');
  } finally {
    underWay.value--;
  }
}

/** Reads one path of the API. */
export function get<P extends ReadPath>(path: P, parameters: Parameters<P> = {}, abort?: AbortSignal): Promise<Answer<P>> {
  return read(addressOf(path, parameters.path as object | undefined, parameters.query), abort) as Promise<Answer<P>>;
}

/** What a response that is not good says. Asks for a key where that with which it was asked was refused and is still used. */
export async function problemOf(response: Response, key: string | null = apiKey.peek()): Promise<ApiProblem> {
  const text = await response.text();
  const body = parse(text);
  if (response.status === 401 && key === apiKey.peek()) keyDialog.value = 'refused';
  const retry = Number(response.headers.get('Retry-After'));
  return new ApiProblem(
    response.status,
    typeof body['title'] === 'string' ? body['title'] : `Status ${response.status}`,
    typeof body['detail'] === 'string' ? body['detail'] : '',
    retry > 0 ? retry : null,
    typeof body['position'] === 'number' && typeof body['of'] === 'number' ? { position: body['position'], of: body['of'] } : null,
  );
}

function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
