import { addressOf, apiKey, ApiProblem, get, problemOf, requestHeaders, type Schemas } from './client';

export type Import = Schemas['ImportAnswer'];
export type ImportReport = Schemas['ImportReportAnswer'];
export type ImportColumn = Schemas['ImportColumnAnswer'];

/** How a file is to be read: query parameters of the API; what is left out is recognised. */
export type ImportQuery = Readonly<Record<string, string | readonly string[] | undefined>>;

const askEveryMs = 300;

/** Sends a file, however large, and tells how much of it has gone out. The import itself begins when all of it is there. */
export function startImport(file: File, query: ImportQuery, onSent: (sent: number, of: number) => void, abort: AbortSignal): Promise<Import> {
  return new Promise((resolve, reject) => {
    // fetch cannot tell how much of a body has been sent.
    const http = new XMLHttpRequest();
    http.open('POST', addressOf('/v1/imports', undefined, { ...query, name: file.name, wait: '0' }));
    http.setRequestHeader('Content-Type', 'application/octet-stream');
    if (apiKey.value !== null) for (const [name, value] of Object.entries(requestHeaders())) http.setRequestHeader(name, value);
    http.upload.onprogress = (event) => onSent(event.loaded, event.total);
    http.onerror = () => reject(new ApiProblem(0, 'No answer', 'The connection broke before all of the file was sent. Nothing of it was imported.'));
    http.onabort = () => reject(new DOMException('Aborted', 'AbortError'));
    http.onload = () => {
      const answer = answerOf(http.status, http.responseText);
      if (answer instanceof ApiProblem) reject(answer);
      else resolve(answer);
    };
    abort.addEventListener('abort', () => http.abort());
    http.send(file);
  });
}

/** Reads an answer to an upload: an import, also one of which nothing could be taken, or a problem. */
export function answerOf(status: number, text: string): Import | ApiProblem {
  let body: Partial<Import & Schemas['Problem']>;
  try {
    body = JSON.parse(text) as Partial<Import & Schemas['Problem']>;
  } catch {
    return new ApiProblem(status, `Status ${status}`, 'The server gave an answer that cannot be read.');
  }
  if (body.batch !== undefined) return body as Import;
  return new ApiProblem(status, body.title ?? `Status ${status}`, body.detail ?? '');
}

/** Asks how far an import is until it has ended. Aborting stops asking, not the import. */
export async function followImport(batch: string, onProgress: (now: Import) => void, abort: AbortSignal): Promise<Import> {
  for (;;) {
    const now = await get('/v1/imports/{batch}', { path: { batch } }, abort);
    if (now.state !== 'running') return now;
    onProgress(now);
    await new Promise((resolve) => setTimeout(resolve, askEveryMs));
  }
}

/** Stops an import while it runs; undoes one that has ended. */
export async function undoImport(batch: string): Promise<Schemas['UndoAnswer']> {
  const response = await fetch(addressOf('/v1/imports/{batch}', { batch }, undefined), { method: 'DELETE', headers: requestHeaders() });
  if (!response.ok) throw await problemOf(response);
  return (await response.json()) as Schemas['UndoAnswer'];
}
