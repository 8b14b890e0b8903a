import { chosenDay, today } from '../time/asOf';
import { Icon } from './Icon';

type Row = object;

/** Rows as CSV (RFC 4180): nested fields as columns with dots, lists joined by ';'. */
export function csvOf(rows: readonly Row[]): string {
  const flat = rows.map((row) => flatten(row));
  const columns = [...new Set(flat.flatMap((row) => [...row.keys()]))];
  const lines = [columns, ...flat.map((row) => columns.map((column) => row.get(column) ?? ''))];
  return lines.map((cells) => cells.map(quoted).join(',')).join('\r\n') + '\r\n';
}

function flatten(row: object, prefix = '', into = new Map<string, string>()): Map<string, string> {
  for (const [name, value] of Object.entries(row) as [string, unknown][]) {
    const key = prefix + name;
    if (Array.isArray(value)) into.set(key, value.map((one: unknown) => (typeof one === 'string' ? one : JSON.stringify(one))).join(';'));
    else if (typeof value === 'object' && value !== null) flatten(value, `${key}.`, into);
    else into.set(key, value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value));
  }
  return into;
}

/** A cell; one that a spreadsheet would take for a formula is told to be text. */
function quoted(cell: string): string {
  const safe = /^[=+@\t\r]/.test(cell) || (cell.startsWith('-') && Number.isNaN(Number(cell))) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function save(name: string, type: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  // The browser has taken the bytes once the click is dealt with.
  queueMicrotask(() => URL.revokeObjectURL(link.href));
}

type Rows = readonly Row[] | (() => readonly Row[]);

/** Buttons that save what the page shows, as CSV (its rows, or how to make them) and JSON (the whole answer). */
export function Download({ name, rows, all }: { readonly name: string; readonly rows: Rows | undefined; readonly all?: unknown }) {
  const file = `${name}-${chosenDay.value ?? today()}`;
  const nothing = !rows;
  const made = () => (typeof rows === 'function' ? rows() : (rows ?? []));
  return (
    <>
      <button type="button" class="button" disabled={nothing} onClick={() => save(`${file}.csv`, 'text/csv', csvOf(made()))}>
        <Icon name="download" size={16} />
        CSV
      </button>
      <button type="button" class="button" disabled={nothing} onClick={() => save(`${file}.json`, 'application/json', JSON.stringify(all ?? made(), null, 2))}>
        <Icon name="download" size={16} />
        JSON
      </button>
    </>
  );
}
