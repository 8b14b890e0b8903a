import { useState } from 'preact/hooks';
import { forgetAnswers, useAnswer } from '../../api/answers';
import { type Import, undoImport } from '../../api/imports';
import { type Column, DataTable } from '../../components/DataTable';
import { Shown } from '../../components/States';
import { count, plural } from '../../format/numbers';
import { dateTime } from '../../format/times';

/** All imports, each with a way to stop or undo it. */
export function ImportsList() {
  const imports = useAnswer('/v1/imports', { query: { limit: 100 } });
  const [said, setSaid] = useState<string | null>(null);
  const undo = async (one: Import) => {
    try {
      const { withdrawn, kept } = await undoImport(one.batch);
      setSaid(one.state === 'running' ? `${one.batch} was stopped; ${count(kept)} rows had come in.` : `${one.batch} was undone: ${plural(withdrawn, 'interaction')} withdrawn, ${count(kept)} kept from other sources.`);
    } catch (failure) {
      setSaid(failure instanceof Error ? failure.message : 'That could not be undone.');
    }
    forgetAnswers();
    imports.reload();
  };
  const columns: readonly Column<Import>[] = [
    { key: 'file', title: 'File', cell: (row) => <strong>{row.fileName ?? row.batch}</strong>, by: (row) => row.fileName ?? row.batch, class: 'wraps' },
    { key: 'format', title: 'Format', cell: (row) => row.format ?? '–', by: (row) => row.format ?? null, narrowHide: true },
    { key: 'state', title: 'State', cell: (row) => row.state, by: (row) => row.state },
    { key: 'when', title: 'When', cell: (row) => dateTime(row.startedAt), by: (row) => row.startedAt ?? null, narrowHide: true },
    { key: 'accepted', title: 'New', cell: (row) => count(row.accepted), by: (row) => row.accepted, end: true },
    {
      key: 'undo',
      title: <span class="visually-hidden">Undo</span>,
      cell: (row) =>
        row.state === 'undone' ? null : (
          <button type="button" class="button small" aria-label={`${row.state === 'running' ? 'Stop' : 'Undo'} ${row.fileName ?? row.batch}`} onClick={() => void undo(row)}>
            {row.state === 'running' ? 'Stop' : 'Undo'}
          </button>
        ),
      end: true,
    },
  ];
  // Not for every key.
  if (imports.problem?.status === 403) return null;
  return (
    <section class="card">
      <div class="card-head">
        <h2>Imports</h2>
        <p>Undoing one withdraws all that it brought, unless another source brought it too.</p>
      </div>
      {said && <p role="status">{said}</p>}
      <Shown of={imports} lines={3} isEmpty={(answer) => answer.items.length === 0} empty={<p class="muted">None yet.</p>}>
        {(answer) => <DataTable caption="Imports" rows={answer.items} columns={columns} rowKey={(row) => row.batch} />}
      </Shown>
    </section>
  );
}
