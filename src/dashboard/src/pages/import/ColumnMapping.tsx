import type { ImportColumn } from '../../api/imports';
import { Choice } from '../../components/Choice';
import { type Field, fields, missingFrom, type TableSettings } from './columns';

const kinds = ['message', 'reply', 'meeting', 'call', 'connect', 'accept', 'decline', 'reaction', 'comment', 'endorsement', 'introduction', 'referral', 'favour', 'transaction', 'application', 'attendance'];

/** Shows the first cells of each column and lets one say what it holds. */
export function ColumnMapping({ columns, settings, onChange }: { readonly columns: readonly ImportColumn[]; readonly settings: TableSettings; readonly onChange: (settings: TableSettings) => void }) {
  const missing = missingFrom(settings);
  const times = settings.mapping.indexOf('at');
  const numbers = times >= 0 && (columns[times]?.samples ?? []).some((cell) => /^\d+$/.test(cell));
  const rows = Math.max(0, ...columns.map((column) => column.samples.length));
  const map = (column: number, field: Field | null) => onChange({ ...settings, mapping: settings.mapping.map((mapped, index) => (index === column ? field : mapped)) });
  return (
    <div class="stack tight">
      <div class="import-settings">
        <Choice
          label="First row"
          value={settings.hasHeader ? 'header' : 'data'}
          options={[
            ['header', 'names the columns'],
            ['data', 'is data already'],
          ]}
          onChange={(row) => onChange({ ...settings, hasHeader: row === 'header' })}
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
              {columns.map((column, index) => (
                <th key={index} scope="col">
                  <span class="mapped-column">{column.heading || `column ${index + 1}`}</span>
                  <select aria-label={`Column ${column.heading || index + 1} holds`} value={settings.mapping[index] ?? ''} onChange={(event) => map(index, (event.currentTarget.value || null) as Field | null)}>
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
            {Array.from({ length: rows }, (_, row) => (
              <tr key={row}>
                {columns.map((column, index) => (
                  <td key={index} class={settings.mapping[index] ? '' : 'muted'}>
                    {column.samples[row] ?? ''}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="muted" role="status">
        {missing}
      </p>
    </div>
  );
}
