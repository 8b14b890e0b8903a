import { useAnswer } from '../../api/answers';
import type { Schemas } from '../../api/client';
import { type Column, DataTable } from '../../components/DataTable';
import { EvidenceButton } from '../../components/Evidence';
import { Measure } from '../../components/Measure';
import { PersonName } from '../../components/PersonName';
import { Empty, Shown } from '../../components/States';
import { percent } from '../../format/numbers';
import { date, hoursInWords } from '../../format/times';
import { Link } from '../../routing/router';
import { asOf } from '../../time/asOf';

type FollowUp = Schemas['FollowUp'];

const words: Readonly<Record<string, string>> = { 'within-24h': 'within 24 h', 'within-48h': 'within 48 h', late: 'late', due: 'due now', overdue: 'overdue', never: 'never' };
const tones: Readonly<Record<string, string>> = { 'within-24h': 'var(--s-active)', 'within-48h': 'var(--s-active)', late: 'var(--s-cooling)', due: 'var(--s-new)', overdue: 'var(--s-burnt)', never: 'var(--s-nominal)' };

export function FollowUps({ id }: { readonly id: string }) {
  const followUps = useAnswer('/v1/people/{id}/follow-ups', { path: { id }, query: { asOf: asOf.value, limit: 200 } });
  return (
    <section class="card">
      <div class="card-head">
        <h2>
          <Measure of="follow-up">Follow-ups</Measure>
        </h2>
        {followUps.data && (
          <span class="small muted">
            <Measure of="follow-up-rate">in time</Measure>: {percent(followUps.data.rateWithin24h)} within 24 h, {percent(followUps.data.rateWithin48h)} within 48 h
          </span>
        )}
      </div>
      <Shown of={followUps} lines={6} height={220} isEmpty={(list) => list.items.length === 0} empty={<Empty title="No first meetings">They met nobody for the first time at a meeting or by an accepted invitation.</Empty>}>
        {(list) => <DataTable caption="Follow-ups" rows={list.items} columns={columnsFor(id)} rowKey={(one) => one.person} atOnce={8} />}
      </Shown>
    </section>
  );
}

const columnsFor = (id: string): readonly Column<FollowUp>[] => [
  { key: 'person', title: 'Met', cell: (one) => <PersonName id={one.person} />, by: (one) => one.person, class: 'person-cell' },
  {
    key: 'state',
    title: 'Follow-up',
    cell: (one) => (
      <span class="badge">
        <span class="dot" style={{ '--dot': tones[one.state] ?? 'var(--ink-3)' }} />
        {words[one.state] ?? one.state}
      </span>
    ),
    by: (one) => Object.keys(words).indexOf(one.state),
  },
  { key: 'date', title: 'When', cell: (one) => <EvidenceButton of={{ person: id, with: one.person, title: 'What the follow-up rests on' }}>{date(one.met)}</EvidenceButton>, by: (one) => Date.parse(one.met), end: true },
  { key: 'hours', title: 'After', cell: (one) => hoursInWords(one.hours), by: (one) => one.hours, end: true, narrowHide: true },
  { key: 'venue', title: 'Where', cell: (one) => one.venue && <Link to={`/venues/${encodeURIComponent(one.venue)}`}>{one.venue}</Link>, by: (one) => one.venue, narrowHide: true },
];
