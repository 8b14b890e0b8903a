import type { operations, paths } from './schema.js';

export type * from './schema.js';

type Method = 'get' | 'put' | 'post' | 'patch' | 'delete';
type Paths<M extends Method> = { [P in keyof paths]: paths[P] extends { [K in M]: { responses: unknown } } ? P : never }[keyof paths];
type Of<P extends keyof paths, M extends Method> = paths[P] extends { [K in M]: infer O } ? O : never;
type PathParameters<O> = O extends { parameters: { path: infer T } } ? { path: T } : { path?: undefined };
type QueryParameters<O> = O extends { parameters: { query?: infer T } } ? { query?: T } : { query?: undefined };
type Body<O> = O extends { requestBody: { content: infer C } } ? { body: C[keyof C] | string } : O extends { requestBody?: { content: infer C } } ? { body?: C[keyof C] | string } : { body?: undefined };
type Answer<O> = O extends { responses: { 200: { content: { 'application/json': infer T } } } } ? T : unknown;
type Request<O> = PathParameters<O> & QueryParameters<O> & Body<O> & { contentType?: string; signal?: AbortSignal };

/** An answer that is not what was asked for: problem details (RFC 9457). */
export class Problem extends Error {
  constructor(readonly status: number, readonly details: { title?: string; detail?: string; parameter?: string }) {
    super(details.detail ?? details.title ?? `HTTP ${status}`);
  }

  get parameter(): string | undefined {
    return this.details.parameter;
  }
}

export interface Options {
  /** Where the server is. */
  address?: string;
  /** The key to send with every request. */
  key?: string;
  /** How often a request is tried in all where the server is away or busy. */
  attempts?: number;
  /** Sends requests; fetch where it is left out. */
  fetch?: typeof fetch;
}

/** A server. Paths, parameters and answers are typed by the API document. */
export class NetworkGraph {
  private readonly address: string;
  private readonly key: string | undefined;
  private readonly attempts: number;
  private readonly fetch: typeof fetch;

  constructor(options: Options = {}) {
    this.address = (options.address ?? 'http://127.0.0.1:5080').replace(/\/$/, '');
    this.key = options.key;
    this.attempts = options.attempts ?? 5;
    this.fetch = options.fetch ?? globalThis.fetch.bind(globalThis);
  }

  get<P extends Paths<'get'>>(path: P, request: Request<Of<P, 'get'>>) {
    return this.ask<Answer<Of<P, 'get'>>>('GET', path, request);
  }

  put<P extends Paths<'put'>>(path: P, request: Request<Of<P, 'put'>>) {
    return this.ask<Answer<Of<P, 'put'>>>('PUT', path, request);
  }

  post<P extends Paths<'post'>>(path: P, request: Request<Of<P, 'post'>>) {
    return this.ask<Answer<Of<P, 'post'>>>('POST', path, request);
  }

  patch<P extends Paths<'patch'>>(path: P, request: Request<Of<P, 'patch'>>) {
    return this.ask<Answer<Of<P, 'patch'>>>('PATCH', path, request);
  }

  delete<P extends Paths<'delete'>>(path: P, request: Request<Of<P, 'delete'>>) {
    return this.ask<Answer<Of<P, 'delete'>>>('DELETE', path, request);
  }

  /** All items of a list, page by page. */
  async *walk<T>(page: (cursor: string | undefined) => Promise<{ items: T[]; nextCursor: string | null }>): AsyncGenerator<T> {
    for (let cursor: string | undefined; ; ) {
      const answer = await page(cursor);
      yield* answer.items;
      if (answer.nextCursor === null) return;
      cursor = answer.nextCursor;
    }
  }

  private async ask<T>(method: string, path: string, request: { path?: unknown; query?: unknown; body?: unknown; contentType?: string; signal?: AbortSignal }): Promise<T> {
    const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String((request.path as Record<string, unknown>)[name])));
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries((request.query ?? {}) as Record<string, unknown>))
      for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined && one !== null) query.append(name, String(one));
    const headers: Record<string, string> = {};
    if (this.key !== undefined) headers['Authorization'] = `Bearer ${this.key}`;
    if (request.body !== undefined) headers['Content-Type'] = request.contentType ?? 'application/json';
    const body = request.body === undefined || typeof request.body === 'string' ? request.body : JSON.stringify(request.body);
    for (let attempt = 1; ; attempt++) {
      const response = await this.fetch(`${this.address}${filled}${query.size > 0 ? `?${query}` : ''}`, { method, headers, ...(body === undefined ? {} : { body }), ...(request.signal ? { signal: request.signal } : {}) });
      if ((response.status === 429 || response.status === 503) && attempt < this.attempts) {
        const after = Number(response.headers.get('Retry-After') ?? 0.2 * 2 ** attempt);
        await new Promise((resolve) => setTimeout(resolve, after * 1000));
        continue;
      }
      const text = await response.text();
      if (!response.ok) {
        let details = { title: text.slice(0, 200) };
        try {
          details = JSON.parse(text);
        } catch {
          // What is not JSON is shown as it is.
        }
        throw new Problem(response.status, details);
      }
      return (text.length === 0 ? undefined : JSON.parse(text)) as T;
    }
  }
}

export type { operations, paths };
