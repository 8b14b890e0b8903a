import { useMemo } from 'preact/hooks';
import { Choice } from '../../components/Choice';
import { type CsvPreview, type Field, fields, guessFields, previewCsv } from './csvPreview';

export interface CsvSettings {
  readonly delimiter: string;
  readonly hasHeader: boolean;
  readonly header: readonly string[];
  readonly mapping: readonly (Field | null)[];
  readonly kind: string;
  readonly epoch: string;
  readonly timeUnit: string;
}

const kinds = ['message', 'reply', 'meeting', 'call', 'connect', 'accept', 'decline', 'reaction', 'comment', 'endorsement', 'introduction', 'referral', 'favour', 'transaction', 'application', 'attendance'];
const delimiterNames: Readonly<Record<string, string>> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'pipe', ' ': 'space' };
const needed: readonly Field[] = ['at', 'from'];

export function defaultSettings(preview: CsvPreview): CsvSettings {
  const width = Math.max(0, ...preview.rows.map((row) => row.length));
  const header = preview.hasHeader ? (preview.rows[0] ?? []) : Array.from({ length: width }, (_, index) => `column ${index + 1}`);
  const inOrder: readonly Field[] = ['from', 'to', 'at'];
  const mapping = preview.hasHeader ? guessFields(header) : header.map((_, index) => inOrder[index] ?? null);
  return { delimiter: preview.delimiter, hasHeader: preview.hasHeader, header, mapping, kind: mapping.includes('kind') ? '' : 'message', epoch: '', timeUnit: '' };
}

/** What still keeps a file from being read, in words; null where nothing does. */
export function missingFrom(settings: CsvSettings): string | null {
  const missing = needed.filter((field) => !settings.mapping.includes(field));
  if (missing.length > 0) return `Say which column holds ${missing.map((field) => `'${field}'`).join(' and ')}.`;
  const twice = fields.find((field) => settings.mapping.filter((mapped) => mapped === field).length > 1);
  if (twice) return `Two columns hold '${twice}'; choose one.`;
  if (!settings.mapping.includes('kind') && !settings.kind) return 'Say what kind of interaction the rows are.';
  return null;
}

/** Shows the first rows and lets one say what each column holds. */
export function ColumnMapping({ head, settings, onChange, onSend }: {
  readonly head: string;
  readonly settings: CsvSettings;
  readonly onChange: (settings: CsvSettings) => void;
  readonly onSend: () => void;
}) {
  const preview = useMemo(() => previewCsv(head, settings.delimiter), [head, settings.delimiter]);
  const rows = preview.rows.slice(settings.hasHeader ? 1 : 0, 7);
  const missing = missingFrom(settings);
  const times = settings.mapping.indexOf('at');
  const numbers = times >= 0 && rows.some((row) => /^\d+$/.test(row[times] ?? ''));
  const map = (column: number, field: Field | null) => onChange({ ...settings, mapping: settings.mapping.map((mapped, index) => (index === column ? field : mapped)) });
  return (
    <section class="card stack">
      <div>
        <h2>What do the columns hold?</h2>
        <p class="muted small">These are the first rows. Columns that hold nothing of an interaction are left out.</p>
      </div>
      <div class="import-settings">
        <Choice label="Columns are parted by" value={settings.delimiter} options={Object.entries(delimiterNames)} onChange={(sign) => onChange(defaultSettings(previewCsv(head, sign)))} />
        <Choice
          label="First row"
          value={settings.hasHeader ? 'header' : 'data'}
          options={[
            ['header', 'names the columns'],
            ['data', 'is data already'],
          ]}
          onChange={(row) => onChange(defaultSettings({ ...preview, hasHeader: row === 'header' }))}
        />
        {!settings.mapping.includes('kind') && (
          <Choice label="Every row is a" value={settings.kind} options={kinds.map((kind) => [kind, kind] as const)} onChange={(kind) => onChange({ ...settings, kind })} />
        )}
        {numbers && (
          <>
            <Choice
              label="Times count"
              value={settings.timeUnit === 's' ? 's' : 'ms'}
              options={[
                ['ms', 'milliseconds'],
                ['s', 'seconds'],
              ]}
              onChange={(timeUnit) => onChange({ ...settings, timeUnit })}
            />
            <label class="field">
              since
              <input class="input" type="date" value={settings.epoch.slice(0, 10) || '1970-01-01'} onInput={(event) => onChange({ ...settings, epoch: event.currentTarget.value ? `${event.currentTarget.value}T00:00:00Z` : '', timeUnit: settings.timeUnit || 'ms' })} />
            </label>
          </>
        )}
      </div>
      <div class="table-frame" tabIndex={0} role="region" aria-label="First rows">
        <table class="table mapping">
          <thead>
            <tr>
              {settings.header.map((column, index) => (
                <th key={index} scope="col">
                  <span class="mapped-column">{column}</span>
                  <select aria-label={`Column ${column} holds`} value={settings.mapping[index] ?? ''} onChange={(event) => map(index, (event.currentTarget.value || null) as Field | null)}>
                    <option value="">– left out –</option>
                    {fields.map((field) => (
                      <option key={field} value={field}>
                        {field}
                      </option>
                    ))}
                  </select>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, line) => (
              <tr key={line}>
                {settings.header.map((_, index) => (
                  <td key={index} class={settings.mapping[index] ? '' : 'muted'}>
                    {row[index] ?? ''}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div class="actions">
        <button type="button" class="button primary" disabled={missing !== null} onClick={onSend}>
          Import
        </button>
        <span class="muted" role="status">
          {missing}
        </span>
      </div>
    </section>
  );
}
