import type { ImportColumn, ImportQuery } from '../../api/imports';

/** Fields of an interaction that a column may hold. */
export const fields = ['id', 'at', 'from', 'to', 'kind', 'exchange', 'setting', 'channel', 'venue', 'inReplyTo', 'about', 'personalised', 'lengthSeconds', 'series'] as const;

export type Field = (typeof fields)[number];

/** What the reader of a table was told of it; where nothing was, the server's own reading holds. */
export interface TableSettings {
  readonly hasHeader: boolean;
  readonly mapping: readonly (Field | null)[];
  readonly kind: string;
  readonly epoch: string;
  readonly timeUnit: string;
}

const needed: readonly Field[] = ['at', 'from'];

export function settingsOf(columns: readonly ImportColumn[]): TableSettings {
  const mapping = columns.map((column) => (fields.includes(column.field as Field) ? (column.field as Field) : null));
  return { hasHeader: true, mapping, kind: mapping.includes('kind') ? '' : 'message', epoch: '', timeUnit: '' };
}

/** What still keeps a table from being read, in words; null where nothing does. */
export function missingFrom(settings: TableSettings): string | null {
  const missing = needed.filter((field) => !settings.mapping.includes(field));
  if (missing.length > 0) return `Say which column holds ${missing.map((field) => `'${field}'`).join(' and ')}.`;
  const twice = fields.find((field) => settings.mapping.filter((mapped) => mapped === field).length > 1);
  if (twice) return `Two columns hold '${twice}'; choose one.`;
  if (!settings.mapping.includes('kind') && !settings.kind) return 'Say what kind of interaction the rows are.';
  return null;
}

/** The query that tells the server how to read a table so. */
export function tableQuery(columns: readonly ImportColumn[], settings: TableSettings): ImportQuery {
  const common = {
    format: 'csv',
    kind: settings.mapping.includes('kind') ? undefined : settings.kind || undefined,
    epoch: settings.epoch || undefined,
    timeUnit: settings.timeUnit || undefined,
  };
  if (!settings.hasHeader) return { ...common, columns: settings.mapping.map((field) => field ?? '-').join(',') };
  const pairs = columns.map((column, index) => [column.heading, settings.mapping[index] ?? null] as const);
  return {
    ...common,
    map: pairs.filter(([heading, field]) => field !== null && field !== heading).map(([heading, field]) => `${field}=${heading}`),
    ignore: pairs.filter(([heading, field]) => field === null && heading !== '').map(([heading]) => heading),
  };
}
