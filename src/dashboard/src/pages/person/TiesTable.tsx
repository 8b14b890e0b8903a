import { useMemo } from 'preact/hooks';
import type { Schemas } from '../../api/client';
import { nameOf, personOf } from '../../api/names';
import { type Column, DataTable } from '../../components/DataTable';
import { BalanceBar, Timespan } from '../../components/Figures';
import { Measure } from '../../components/Measure';
import { PersonName } from '../../components/PersonName';
import { statuses, StatusBadge } from '../../components/Status';
import { percent, plain } from '../../format/numbers';
import { daysInWords, hoursInWords } from '../../format/times';
import { Link, personPath } from '../../routing/router';

type Tie = Schemas['Tie'];

export function TiesTable({ person, ties, asOf, isPart }: { readonly person: string; readonly ties: readonly Tie[]; readonly asOf: string; readonly isPart: boolean }) {
  const columns = useMemo(() => columnsFor(person, ties, asOf), [person, ties, asOf]);
  return (
    <>
      <DataTable caption="Ties" rows={ties} columns={columns} rowKey={(tie) => tie.person} first={{ key: 'strength', down: true }} />
      {isPart && <p class="muted small">These are the strongest {ties.length}.</p>}
    </>
  );
}

function columnsFor(person: string, ties: readonly Tie[], asOf: string): readonly Column<Tie>[] {
  const most = Math.max(1e-9, ...ties.map((tie) => Math.max(tie.strengthIn, tie.strengthOut)));
  const until = Date.parse(asOf);
  const from = Math.min(until, ...ties.map((tie) => (tie.firstContact === null ? until : Date.parse(tie.firstContact))));
  const order: readonly string[] = statuses;
  return [
    { key: 'person', title: 'Person', cell: (tie) => <PersonName id={tie.person} />, by: (tie) => nameOf(personOf(tie.person).peek()), class: 'person-cell' },
    { key: 'status', title: <Measure of="status">Status</Measure>, cell: (tie) => <StatusBadge status={tie.status} />, by: (tie) => order.indexOf(tie.status) },
    {
      key: 'strength',
      title: <Measure of="tie-strength">Out | in</Measure>,
      cell: (tie) => (
        <Link to={`${personPath(person)}/ties/${encodeURIComponent(tie.person)}`} aria-label={`Tie: out ${plain(tie.strengthOut)}, in ${plain(tie.strengthIn)}`} title={`out ${plain(tie.strengthOut)}, in ${plain(tie.strengthIn)}`}>
          <BalanceBar out={tie.strengthOut} back={tie.strengthIn} most={most} />
        </Link>
      ),
      by: (tie) => tie.strengthIn + tie.strengthOut,
    },
    { key: 'balance', title: <Measure of="balance">Balance</Measure>, cell: (tie) => percent(tie.balance), by: (tie) => tie.balance, end: true },
    { key: 'chance to go on', title: <Measure of="chance-to-go-on">Goes on</Measure>, cell: (tie) => percent(tie.persistProbability), by: (tie) => tie.persistProbability, end: true },
    { key: 'first contact', title: <span title="From the first contact to the last, and the silence since">Time</span>, cell: (tie) => (tie.firstContact === null || tie.lastContact === null ? null : <Timespan first={tie.firstContact} last={tie.lastContact} from={from} until={until} />), by: (tie) => (tie.firstContact === null ? null : -Date.parse(tie.firstContact)), narrowHide: true },
    { key: 'silence', title: <Measure of="silence">Silence</Measure>, cell: (tie) => daysInWords(tie.silenceDays), by: (tie) => tie.silenceDays, end: true },
    { key: 'reply time', title: <Measure of="reply-time">Answers in</Measure>, cell: (tie) => hoursInWords(tie.replyHoursIn), by: (tie) => tie.replyHoursIn, end: true, narrowHide: true },
    { key: 'kind', title: <Measure of="kind-of-relationship">Kind</Measure>, cell: (tie) => tie.relationship, by: (tie) => tie.relationship, narrowHide: true },
    {
      key: 'tie',
      title: <span class="visually-hidden">Tie</span>,
      cell: (tie) => (
        <Link class="small" to={`${personPath(person)}/ties/${encodeURIComponent(tie.person)}`} aria-label={`Open the tie with ${nameOf(personOf(tie.person).peek())}`}>
          open
        </Link>
      ),
      end: true,
    },
  ];
}
