import { ApiProblem, problemOf, requestHeaders } from './client';

/** One server-sent event. */
export interface ServerEvent {
  readonly event: string;
  readonly data: string;
  /** By which a later call of {@link follow} goes on after this event. */
  readonly id?: string;
}

/** Cuts the whole events out of what has arrived; what is not whole yet is left for the next time. */
export function cutEvents(text: string): { readonly events: readonly ServerEvent[]; readonly rest: string } {
  const blocks = text.replaceAll('\r\n', '\n').split('\n\n');
  const rest = blocks.pop() ?? '';
  const events = blocks.flatMap((block) => {
    const lines = block.split('\n');
    const field = (name: string) => lines.filter((line) => line.startsWith(`${name}:`)).map((line) => line.slice(name.length + 1).replace(/^ /, ''));
    const data = field('data').join('\n');
    const id = field('id')[0];
    return data === '' ? [] : [{ event: field('event')[0] ?? 'message', data, ...(id === undefined ? {} : { id }) }];
  });
  return { events, rest };
}

/**
 * Follows a stream of events until it ends or is aborted. Read by fetch and not by EventSource, which cannot send a key.
 * Goes on after the event with the id {@link after}, where the server still keeps those since. Fails with an {@link ApiProblem} where the server refuses or the connection breaks.
 */
export async function follow(address: string, onEvent: (event: ServerEvent) => void, abort: AbortSignal, after?: string): Promise<void> {
  try {
    const response = await fetch(address, { headers: { Accept: 'text/event-stream', ...(after === undefined ? {} : { 'Last-Event-ID': after }), ...requestHeaders() }, signal: abort, cache: 'no-store' });
    if (!response.ok || !response.body) throw await problemOf(response);
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const { events, rest } = cutEvents(text + value);
      text = rest;
      events.forEach(onEvent);
    }
  } catch (failure) {
    if (failure instanceof ApiProblem || abort.aborted) throw failure;
    throw new ApiProblem(0, 'No answer', 'The connection to the server broke.');
  }
}
