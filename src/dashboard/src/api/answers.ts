import { useLayoutEffect, useMemo, useState } from 'preact/hooks';
import { addressOf, apiKey, ApiProblem, type Answer, type Parameters, type ReadPath, read } from './client';

/** What a page knows of an answer it asked for. */
export interface Loaded<T> {
  /** The last answer; while another date is loading still the one before, so that nothing jumps. */
  readonly data: T | undefined;
  readonly problem: ApiProblem | undefined;
  readonly loading: boolean;
  readonly reload: () => void;
}

const maxKept = 400;
/** Of answers that take megabytes each. */
const maxLargeKept = 8;
const isLarge = (address: string) => address.startsWith('/v1/network/map');
const freshMs = 10_000;
const kept = new Map<string, { readonly answer: unknown; readonly at: number }>();

/** Forgets all answers, as when another key is used or something was imported. */
export function forgetAnswers(): void {
  kept.clear();
}

/** A kept answer that is still good: one as of a date for long, one of now for seconds. */
function keptAnswer(address: string): unknown {
  const entry = kept.get(address);
  if (!entry || (!address.includes('asOf=') && performance.now() - entry.at > freshMs)) return undefined;
  return entry.answer;
}

function keep(address: string, answer: unknown): void {
  kept.delete(address);
  kept.set(address, { answer, at: performance.now() });
  if (isLarge(address)) for (const old of [...kept.keys()].filter(isLarge).slice(0, -maxLargeKept)) kept.delete(old);
  for (const oldest of kept.keys()) {
    if (kept.size <= maxKept) break;
    kept.delete(oldest);
  }
}

/** Reads an address, or takes what is kept of it; a busy or starting server is asked again when it says. */
export async function readKept(address: string, abort: AbortSignal, onWaiting?: (problem: ApiProblem) => void): Promise<unknown> {
  const known = keptAnswer(address);
  if (known !== undefined) return known;
  for (let attempt = 0; ; attempt++) {
    try {
      const answer = await read(address, abort);
      keep(address, answer);
      return answer;
    } catch (failure) {
      const mayPass = failure instanceof ApiProblem && failure.passes && (failure.progress !== null || attempt < 4);
      if (!mayPass) throw failure;
      onWaiting?.(failure);
      await pause((failure.retryAfterSeconds ?? 1) * 1000, abort);
    }
  }
}

function pause(ms: number, abort: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    abort.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(new DOMException('Aborted', 'AbortError'));
    });
  });
}

interface Held {
  readonly about: string;
  readonly address: string;
  readonly data: unknown;
  readonly problem: ApiProblem | undefined;
}

/** Asks a path of the API, again whenever what it is asked changes; null asks nothing. */
export function useAnswer<P extends ReadPath>(path: P | null, parameters: Parameters<P> = {}): Loaded<Answer<P>> {
  const address = path === null ? null : addressOf(path, parameters.path as object | undefined, parameters.query);
  const about = useMemo(() => (address === null ? '' : aboutOf(address)), [address]);
  const [held, setHeld] = useState<Held>({ about: '', address: '', data: undefined, problem: undefined });
  const [times, setTimes] = useState(0);
  const key = apiKey.value;

  // Asked before anything is painted: what it answers is on its way meanwhile.
  useLayoutEffect(() => {
    if (address === null) return;
    const abort = new AbortController();
    const fail = (problem: ApiProblem) => setHeld((before) => ({ about, address, data: before.about === about ? before.data : undefined, problem }));
    readKept(address, abort.signal, fail).then(
      (data) => abort.signal.aborted || setHeld({ about, address, data, problem: undefined }),
      (failure: unknown) => {
        if (abort.signal.aborted) return;
        if (failure instanceof ApiProblem) fail(failure);
        else throw failure;
      },
    );
    return () => abort.abort();
  }, [address, about, times, key]);

  const isOfThis = held.about === about && address !== null;
  return {
    data: isOfThis ? (held.data as Answer<P> | undefined) : undefined,
    problem: isOfThis && held.address === address ? held.problem : undefined,
    loading: address !== null && held.address !== address,
    reload: () => {
      if (address !== null) kept.delete(address);
      setTimes((before) => before + 1);
    },
  };
}

/** What is asked, whatever the date. */
function aboutOf(address: string): string {
  return address.replace(/([?&])asOf=[^&]*/, '$1');
}
