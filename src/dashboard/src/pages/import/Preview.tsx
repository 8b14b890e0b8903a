import type { Import, ImportQuery, ImportReport } from '../../api/imports';
import { type Column, DataTable } from '../../components/DataTable';
import { Fact } from '../../components/Figures';
import { count, plural } from '../../format/numbers';
import { date } from '../../format/times';
import { ColumnMapping } from './ColumnMapping';
import { missingFrom, type TableSettings } from './columns';

type Example = ImportReport['examples'][number];
type Rejected = ImportReport['rejected'][number];

/** What the reader may say about how the file is read. */
export interface ReadingSettings {
  readonly me: string;
  readonly timeZone: string;
  readonly readText: boolean;
  /** Null: the table as the server reads it by itself. */
  readonly table: TableSettings | null;
}

export const plainReading: ReadingSettings = { me: '', timeZone: '', readText: false, table: null };

/** The part of the query that holds whatever the file is. */
export function readingQuery(settings: ReadingSettings): ImportQuery {
  return {
    me: settings.me.split(/[\s,]+/).filter(Boolean),
    timeZone: settings.timeZone || undefined,
    readText: settings.readText ? 'true' : undefined,
  };
}

const rejectedShown = 10;

const exampleColumns: readonly Column<Example>[] = [
  { key: 'when', title: 'When', cell: (row) => date(row.at) },
  { key: 'kind', title: 'Kind', cell: (row) => row.kind },
  { key: 'from', title: 'From', cell: (row) => row.from, class: 'wraps' },
  { key: 'to', title: 'To', cell: (row) => (row.to.length > 3 ? `${row.to.slice(0, 2).join(', ')} and ${row.to.length - 2} more` : row.to.join(', ') || (row.venue ?? '')), class: 'wraps' },
];

const rejectedColumns: readonly Column<Rejected>[] = [
  { key: 'line', title: 'Line', cell: (row) => (row.file ? `${row.file}, ${count(row.line)}` : count(row.line)) },
  { key: 'field', title: 'Field', cell: (row) => <code>{row.field}</code> },
  { key: 'reason', title: 'What is wrong', cell: (row) => row.reason },
];

/** What was understood of a file, before anything of it is written: to confirm, or to say otherwise and look again. */
export function Preview({ name, preview, settings, onChange, onAgain, onImport, onOther, stale }: {
  readonly name: string;
  readonly preview: Import;
  readonly settings: ReadingSettings;
  readonly stale: boolean;
  readonly onChange: (settings: ReadingSettings) => void;
  readonly onAgain: () => void;
  readonly onImport: () => void;
  readonly onOther: () => void;
}) {
  const report = preview.report;
  if (!report) return null;
  const rows = report.interactions + report.profiles;
  const table = settings.table;
  const missing = table && missingFrom(table);
  const known = preview.format !== null;
  return (
    <>
      <section class="card file-line">
        <div>
          <strong>{name}</strong>
          <div class="muted small">
            {known ? `Read as ${report.formats.map((format) => (format.fileCount > 1 ? `${format.format} (${plural(format.fileCount, 'file')})` : format.format)).join(', ')}` : 'Of no format known by itself'}
          </div>
        </div>
        <button type="button" class="button" onClick={onOther}>
          Another file
        </button>
      </section>
      {preview.failure && (
        <section class="card" role="alert">
          <p class="bad">{preview.failure}</p>
          {!known && report.columns.length > 0 && <p>It looks like a table. Say below what its columns hold, then look again.</p>}
        </section>
      )}
      {rows > 0 && (
        <dl class="facts">
          <Fact label="Interactions" value={count(report.interactions)} change={report.newInteractions !== null ? `${count(report.newInteractions)} of them new` : report.firstAt ? `from ${date(report.firstAt)}` : undefined} />
          <Fact label="People" value={count(report.people)} change={report.newPeople !== null ? `${count(report.newPeople)} of them new` : undefined} />
          <Fact label="Profiles" value={count(report.profiles)} change="names and where people work" />
          <Fact label="Wrong rows" value={count(preview.rejectedCount)} change="would be left behind" tone={preview.rejectedCount > 0 ? 'down' : undefined} />
        </dl>
      )}
      <div class="columns">
        <section class="card">
          <div class="card-head">
            <h2>What would come in</h2>
            {report.firstAt && (
              <p>
                {date(report.firstAt)} to {date(report.lastAt)}: {report.byKind.map((kind) => `${count(kind.count)} ${kind.name}`).join(', ')}.
              </p>
            )}
          </div>
          {report.examples.length > 0 ? <DataTable caption="Examples" rows={report.examples} columns={exampleColumns} rowKey={(row) => row.id} /> : <p class="muted">{report.profiles > 0 ? 'Profiles alone: names, organisations, roles. They say who people are, not who is in touch.' : 'Nothing yet.'}</p>}
        </section>
        <section class="card">
          <div class="card-head">
            <h2>What was assumed and left out</h2>
          </div>
          <ul class="plain notes">
            {report.guesses.map((guess) => (
              <li key={guess}>{guess.replace(/ \(--[^)]*\)/g, '')}</li>
            ))}
            {report.leftOut.map((reason) => (
              <li key={reason.name} class="muted">
                Left out: {count(reason.count)} {reason.name}
              </li>
            ))}
            {report.guesses.length + report.leftOut.length === 0 && <li class="muted">Nothing had to be guessed, and nothing is left out.</li>}
          </ul>
          <div class="import-settings">
            <label class="field grows">
              Whose data is it? Your addresses, or the address of your profile
              <input class="input" type="text" value={settings.me} placeholder={report.me.join(', ') || 'ada@example.org'} onInput={(event) => onChange({ ...settings, me: event.currentTarget.value })} />
            </label>
            <label class="field">
              Zone of times that name none
              <input class="input" type="text" value={settings.timeZone} placeholder="Europe/Berlin" onInput={(event) => onChange({ ...settings, timeZone: event.currentTarget.value.trim() })} />
            </label>
          </div>
          <label class="check">
            <input type="checkbox" checked={settings.readText} onChange={(event) => onChange({ ...settings, readText: event.currentTarget.checked })} />
            <span>Read texts for what was asked, given or thanked for. They are never stored.</span>
          </label>
        </section>
      </div>
      {report.columns.length > 0 && (
        <section class="card">
          <div class="card-head">
            <h2>What do the columns hold?</h2>
            <p>These are the first rows. Columns that hold nothing of an interaction are left out.</p>
          </div>
          {table && <ColumnMapping columns={report.columns} settings={table} onChange={(changed) => onChange({ ...settings, table: changed })} />}
        </section>
      )}
      {report.rejected.length > 0 && (
        <section class="card">
          <div class="card-head">
            <h2>Rows that are wrong</h2>
            <p>The first ones. All others would be taken.</p>
          </div>
          <DataTable caption="Wrong rows" rows={report.rejected.slice(0, rejectedShown)} columns={rejectedColumns} rowKey={(row) => `${row.file ?? ''}-${row.line}-${row.field}`} />
        </section>
      )}
      <div class="actions settled">
        {stale || preview.state === 'failed' ? (
          <button type="button" class="button primary" disabled={Boolean(missing)} onClick={onAgain}>
            Look again
          </button>
        ) : (
          <button type="button" class="button primary" disabled={rows === 0} onClick={onImport}>
            Import
          </button>
        )}
        <span class="muted small">{stale ? 'You changed how it is read: look again before it is imported.' : rows > 0 ? 'Nothing has been written yet. What you import can be undone as a whole.' : ''}</span>
      </div>
    </>
  );
}
