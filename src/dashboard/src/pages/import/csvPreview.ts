/** What the first lines of a CSV file say: how it is parted, and what its columns hold. */
export interface CsvPreview {
  readonly delimiter: string;
  readonly rows: readonly (readonly string[])[];
  readonly hasHeader: boolean;
}

/** Fields of an interaction that a column may hold. */
export const fields = ['id', 'at', 'from', 'to', 'kind', 'exchange', 'setting', 'channel', 'venue', 'inReplyTo', 'about', 'personalised', 'lengthSeconds', 'series'] as const;

export type Field = (typeof fields)[number];

const delimiters = [',', ';', '\t', '|', ' '];
const maxRows = 8;

/** Names that files give to what is one of our fields. */
const otherNames: Readonly<Record<string, Field>> = {
  date: 'at', time: 'at', timestamp: 'at', when: 'at', datetime: 'at', sent: 'at',
  sender: 'from', source: 'from', author: 'from', caller: 'from', src: 'from',
  recipient: 'to', recipients: 'to', receiver: 'to', target: 'to', attendees: 'to', dst: 'to',
  type: 'kind', action: 'kind', event: 'venue', place: 'venue', location: 'venue',
  replyto: 'inReplyTo', duration: 'lengthSeconds', length: 'lengthSeconds', uid: 'id', messageid: 'id',
};

export function previewCsv(text: string, delimiter?: string): CsvPreview {
  const parted = delimiter ?? bestDelimiter(text);
  const rows = splitRows(text, parted, maxRows);
  const [head] = rows;
  return { delimiter: parted, rows, hasHeader: head !== undefined && looksLikeHeader(head) };
}

/** The field a column most likely holds, by its name. */
export function guessField(column: string): Field | null {
  const name = column.toLowerCase().replace(/[^a-z]/g, '');
  return fields.find((field) => field.toLowerCase() === name) ?? otherNames[name] ?? null;
}

/** Which field each column holds: by name, each field at most once. */
export function guessFields(header: readonly string[]): readonly (Field | null)[] {
  const taken = new Set<Field>();
  return header.map((column) => {
    const field = guessField(column);
    if (!field || taken.has(field)) return null;
    taken.add(field);
    return field;
  });
}

/** The query that tells the server how to read a file with this mapping. */
export function csvQuery(settings: {
  readonly delimiter: string;
  readonly hasHeader: boolean;
  readonly header: readonly string[];
  readonly mapping: readonly (Field | null)[];
  readonly kind: string;
  readonly epoch: string;
  readonly timeUnit: string;
}): Readonly<Record<string, string | readonly string[] | undefined>> {
  const { delimiter, hasHeader, header, mapping, kind, epoch, timeUnit } = settings;
  const names: Readonly<Record<string, string>> = { ';': 'semicolon', '\t': 'tab', '|': 'pipe', ' ': 'space' };
  const common = {
    delimiter: delimiter === ',' ? undefined : names[delimiter],
    kind: mapping.includes('kind') ? undefined : kind || undefined,
    epoch: epoch || undefined,
    timeUnit: timeUnit || undefined,
  };
  if (!hasHeader) return { ...common, columns: mapping.map((field) => field ?? '-').join(',') };
  const pairs = header.map((column, index) => [column, mapping[index] ?? null] as const);
  return {
    ...common,
    map: pairs.filter(([column, field]) => field !== null && field !== column).map(([column, field]) => `${field}=${column}`),
    ignore: pairs.filter(([, field]) => field === null).map(([column]) => column),
  };
}

function looksLikeHeader(row: readonly string[]): boolean {
  return row.some((cell) => guessField(cell) !== null) && row.every((cell) => !/^\d/.test(cell) && !cell.includes('@'));
}

function bestDelimiter(text: string): string {
  const [line = ''] = text.split(/\r?\n/, 1);
  const counts = delimiters.map((delimiter) => splitRows(line, delimiter, 1)[0]?.length ?? 1);
  const most = Math.max(...counts);
  return most < 2 ? ',' : (delimiters[counts.indexOf(most)] ?? ',');
}

/** Cells of the first rows, as RFC 4180 quotes them. What the server reads is what counts; this is to look at. */
function splitRows(text: string, delimiter: string, most: number): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at <= text.length && rows.length < most; at++) {
    const sign = text[at];
    if (quoted && sign !== undefined) {
      if (sign !== '"') cell += sign;
      else if (text[at + 1] === '"') {
        cell += '"';
        at++;
      }
      else quoted = false;
    } else if (sign === '"' && cell === '') quoted = true;
    else if (sign === delimiter) {
      row.push(cell);
      cell = '';
    } else if (sign === '\n' || sign === undefined) {
      row.push(cell.replace(/\r$/, ''));
      if (row.length > 1 || row[0] !== '') rows.push(row);
      row = [];
      cell = '';
    } else cell += sign;
  }
  return rows;
}
