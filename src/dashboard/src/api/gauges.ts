import { useEffect, useState } from 'preact/hooks';
import { apiKey, requestHeaders } from './client';

/** Values of a metric by one of its labels, from Prometheus text. */
export function valuesOf(text: string, metric: string, label: string): ReadonlyMap<string, number> {
  const values = new Map<string, number>();
  for (const line of text.split('\n')) {
    if (!line.startsWith(`${metric}{`)) continue;
    const name = new RegExp(`[{,]${label}="([^"]*)"`).exec(line)?.[1];
    const value = Number(line.slice(line.lastIndexOf('}') + 1).trim().split(' ')[0]);
    if (name !== undefined && Number.isFinite(value)) values.set(name, value);
  }
  return values;
}

/** The server's metrics as it tells them now; null where it does not tell them to this key. */
export function useMetrics(wanted: boolean): string | null {
  const [text, setText] = useState<string | null>(null);
  const key = apiKey.value;
  useEffect(() => {
    if (!wanted) return;
    const abort = new AbortController();
    fetch('/metrics', { headers: requestHeaders(), signal: abort.signal })
      .then(async (response) => setText(response.ok ? await response.text() : ''))
      // What is missing is left out: the page's own requests say what is wrong.
      .catch(() => abort.signal.aborted || setText(''));
    return () => abort.abort();
  }, [wanted, key]);
  return text;
}
