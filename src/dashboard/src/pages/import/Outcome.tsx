import type { ImportOutcome } from '../../api/interactions';
import { type Column, DataTable } from '../../components/DataTable';
import { Download } from '../../components/Download';
import { Fact } from '../../components/Figures';
import { count } from '../../format/numbers';
import { Link } from '../../routing/router';

type Rejected = ImportOutcome['rejected'][number];

const columns: readonly Column<Rejected>[] = [
  { key: 'line', title: 'Line', cell: (row) => count(row.line), by: (row) => row.line },
  { key: 'field', title: 'Field', cell: (row) => <code>{row.field}</code>, by: (row) => row.field },
  { key: 'reason', title: 'What is wrong', cell: (row) => row.reason, by: (row) => row.reason },
  { key: 'id', title: 'Id', cell: (row) => row.id, by: (row) => row.id },
];

/** What became of an import, line by line where something was wrong. */
export function Outcome({ name, outcome, onAgain, onBack }: { readonly name: string; readonly outcome: ImportOutcome; readonly onAgain: () => void; readonly onBack: () => void }) {
  const { accepted, duplicates, conflicts, retracted, rejectedCount, rejected, stopped } = outcome;
  return (
    <div class="stack">
      <section class="card" role="status">
        <h2>{accepted > 0 ? `${count(accepted)} interactions of ${name} are in` : duplicates > 0 ? `All of ${name} was there already` : `Nothing of ${name} could be taken`}</h2>
        {stopped && <p class="bad">Reading stopped. {stopped}</p>}
      </section>
      <dl class="facts">
        <Fact label="Accepted" value={count(accepted)} change="new, and durable" />
        <Fact label="Duplicates" value={count(duplicates)} change="were there already" />
        <Fact label="Conflicts" value={count(conflicts)} change="same id, other content" />
        {retracted > 0 && <Fact label="Retracted" value={count(retracted)} change="taken back before" />}
        <Fact label="Rejected" value={count(rejectedCount)} change="broke a rule" tone={rejectedCount > 0 ? 'down' : undefined} />
      </dl>
      {rejected.length > 0 && (
        <section class="card">
          <div class="card-head">
            <h2>Lines that were not taken</h2>
            <div class="actions">
              <Download name={`rejected-${name}`} rows={rejected} all={outcome} />
            </div>
            <p>All other lines were kept. Correct these and send the file again: what is there already changes nothing.{rejectedCount > rejected.length ? ` The first ${count(rejected.length)} are listed.` : ''}</p>
          </div>
          <DataTable caption="Rejected lines" rows={rejected} columns={columns} rowKey={(row) => `${row.line}-${row.field}-${row.id ?? ''}`} />
        </section>
      )}
      <div class="actions">
        <Link to="/" class="button primary">
          See the network
        </Link>
        <button type="button" class="button" onClick={onAgain}>
          Import another file
        </button>
        <button type="button" class="button quiet" onClick={onBack}>
          Change the settings
        </button>
      </div>
    </div>
  );
}
