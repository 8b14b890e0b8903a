import { useState } from 'preact/hooks';
import { type Import, type ImportReport, undoImport } from '../../api/imports';
import { forgetAnswers } from '../../api/answers';
import { type Column, DataTable } from '../../components/DataTable';
import { Download } from '../../components/Download';
import { Fact } from '../../components/Figures';
import { count, plural } from '../../format/numbers';
import { Link, personPath } from '../../routing/router';

type Rejected = ImportReport['rejected'][number];

const columns: readonly Column<Rejected>[] = [
  { key: 'line', title: 'Line', cell: (row) => (row.file ? `${row.file}, ${count(row.line)}` : count(row.line)), by: (row) => row.line },
  { key: 'field', title: 'Field', cell: (row) => <code>{row.field}</code>, by: (row) => row.field },
  { key: 'reason', title: 'What is wrong', cell: (row) => row.reason, by: (row) => row.reason },
  { key: 'id', title: 'Id', cell: (row) => row.id, by: (row) => row.id },
];

/** What became of an import: what it brought, where to look now, line by line what was wrong, and the way back. */
export function Outcome({ name, outcome, onAgain, onBack }: { readonly name: string; readonly outcome: Import; readonly onAgain: () => void; readonly onBack: () => void }) {
  const { duplicates, conflicts, retracted, rejectedCount, report } = outcome;
  const [undone, setUndone] = useState<string | null>(null);
  const accepted = outcome.accepted;
  const rejected = report?.rejected ?? [];
  const me = report?.me[0];
  const undo = async () => {
    try {
      const { withdrawn, kept } = await undoImport(outcome.batch);
      forgetAnswers();
      setUndone(`Undone: ${plural(withdrawn, 'interaction')} no longer count${withdrawn === 1 ? 's' : ''}${kept > 0 ? `, and ${count(kept)} still do, from another source` : ''}.`);
    } catch (failure) {
      setUndone(failure instanceof Error ? failure.message : 'That could not be undone.');
    }
  };
  return (
    <div class="stack">
      <section class="card" role="status">
        <h2>{accepted > 0 ? titleOf(name, outcome) : duplicates > 0 ? `All of ${name} was there already` : `Nothing of ${name} could be taken`}</h2>
        {outcome.state === 'cancelled' && <p>You stopped it. What had come in until then is kept; importing the file again goes on from there.</p>}
        {outcome.failure && <p class="bad">{outcome.failure}</p>}
        {undone && <p>{undone}</p>}
      </section>
      <dl class="facts">
        <Fact label="Accepted" value={count(accepted)} change="new, and durable" />
        <Fact label="Duplicates" value={count(duplicates)} change="were there already" />
        <Fact label="Conflicts" value={count(conflicts)} change="same id, other content" />
        {retracted > 0 && <Fact label="Retracted" value={count(retracted)} change="taken back before" />}
        <Fact label="Rejected" value={count(rejectedCount)} change="broke a rule" tone={rejectedCount > 0 ? 'down' : undefined} />
      </dl>
      {accepted > 0 && !undone && (
        <section class="card">
          <div class="card-head">
            <h2>Where to look now</h2>
          </div>
          <ul class="plain notes">
            {me && (
              <li>
                <Link to={personPath(me)}>Your own page</Link>: who matters to you, who waits for an answer, what to do next.
              </li>
            )}
            <li>
              <Link to="/dormant-ties" query={me ? { person: me } : {}}>
                Whom to revive
              </Link>
              : ties that were strong and have gone silent.
            </li>
            <li>
              <Link to="/">See the network</Link>: who is really in touch, and how mutual it is.
            </li>
            {(report?.idsMerged ?? 0) > 0 && <li class="muted">{plural(report?.idsMerged ?? 0, 'address', 'addresses')} turned out to be of people who were known by another, and stand together now.</li>}
            {(report?.meetingsRetracted ?? 0) > 0 && <li class="muted">{plural(report?.meetingsRetracted ?? 0, 'meeting')} that the calendar took back no longer count.</li>}
          </ul>
        </section>
      )}
      {rejected.length > 0 && (
        <section class="card">
          <div class="card-head">
            <h2>Lines that were not taken</h2>
            <div class="actions">
              <Download name={`rejected-${name}`} rows={rejected} all={outcome} />
            </div>
            <p>All other lines were kept. Correct these and send the file again: what is there already changes nothing.{rejectedCount > rejected.length ? ` The first ${count(rejected.length)} are listed.` : ''}</p>
          </div>
          <DataTable caption="Rejected lines" rows={rejected} columns={columns} rowKey={(row) => `${row.file ?? ''}-${row.line}-${row.field}-${row.id ?? ''}`} />
        </section>
      )}
      <div class="actions">
        <button type="button" class="button primary" onClick={onAgain}>
          Import another file
        </button>
        <button type="button" class="button" onClick={onBack}>
          Change the settings
        </button>
        {accepted > 0 && !undone && (
          <button type="button" class="button quiet" onClick={() => void undo()}>
            Undo this import
          </button>
        )}
      </div>
    </div>
  );
}

function titleOf(name: string, { accepted, report }: Import): string {
  if (!report || report.interactions === 0) return `${plural(accepted, 'profile')} of ${name} ${accepted === 1 ? 'is' : 'are'} in`;
  return report.profiles === 0 ? `${plural(accepted, 'interaction')} of ${name} ${accepted === 1 ? 'is' : 'are'} in` : `${count(accepted)} interactions and profiles of ${name} are in`;
}
