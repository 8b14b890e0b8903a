import { apiKey, ApiProblem, addressOf, requestHeaders, type Schemas } from './client';

/** How a body of interactions is to be read. CSV options are query parameters of the API. */
export interface ImportRequest {
  readonly body: Blob;
  readonly contentType: 'text/csv' | 'application/x-ndjson' | 'application/json';
  readonly gzip: boolean;
  readonly query: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** What became of it: also where reading ended early, what was kept until then. */
export type ImportOutcome = Schemas['IngestAnswer'] & { readonly stopped?: string };

/** Sends a body as one request, however large, and tells how much of it has gone out. */
export function sendInteractions(request: ImportRequest, onProgress: (sent: number, of: number) => void, abort: AbortSignal): Promise<ImportOutcome> {
  return new Promise((resolve, reject) => {
    // fetch cannot tell how much of a body has been sent.
    const http = new XMLHttpRequest();
    http.open('POST', addressOf('/v1/interactions', undefined, request.query));
    http.setRequestHeader('Content-Type', request.contentType);
    if (request.gzip) http.setRequestHeader('Content-Encoding', 'gzip');
    if (apiKey.value !== null) for (const [name, value] of Object.entries(requestHeaders())) http.setRequestHeader(name, value);
    http.upload.onprogress = (event) => onProgress(event.loaded, event.total);
    http.onerror = () => reject(new ApiProblem(0, 'No answer', 'The connection broke. What was acknowledged is kept; sending the file again changes nothing that is there.'));
    http.onabort = () => reject(new DOMException('Aborted', 'AbortError'));
    http.onload = () => {
      const outcome = outcomeOf(http.status, http.responseText);
      if (outcome instanceof ApiProblem) reject(outcome);
      else resolve(outcome);
    };
    abort.addEventListener('abort', () => http.abort());
    http.send(request.body);
  });
}

/** Reads an answer to an import; a problem that says what was kept is an outcome too. */
export function outcomeOf(status: number, text: string): ImportOutcome | ApiProblem {
  let body: Partial<Schemas['IngestProblem']>;
  try {
    body = JSON.parse(text) as Partial<Schemas['IngestProblem']>;
  } catch {
    return new ApiProblem(status, `Status ${status}`, 'The server gave an answer that cannot be read.');
  }
  if (body.accepted === undefined || body.rejected === undefined) return new ApiProblem(status, body.title ?? `Status ${status}`, body.detail ?? '');
  const { accepted, duplicates = 0, conflicts = 0, retracted = 0, rejectedCount = 0, rejected } = body;
  const counts = { accepted, duplicates, conflicts, retracted, rejectedCount, rejected };
  return body.detail ? { ...counts, stopped: body.line ? `Line ${body.line}: ${body.detail}` : body.detail } : counts;
}
