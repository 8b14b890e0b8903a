import { useState } from 'preact/hooks';
import { useAnswer } from '../../api/answers';
import type { Schemas } from '../../api/client';
import { Choice } from '../../components/Choice';
import { type Column, DataTable } from '../../components/DataTable';
import { Download } from '../../components/Download';
import { Interval } from '../../components/Interval';
import { Measure } from '../../components/Measure';
import { useSettled } from '../../components/PersonPicker';
import { Empty, Shown } from '../../components/States';
import { count, plain } from '../../format/numbers';
import { date } from '../../format/times';
import { Link, parameter, setQuery } from '../../routing/router';
import { asOf } from '../../time/asOf';
import { Verdict, verdicts, type VerdictName } from './Verdict';

type Venue = Schemas['VenueSummary'];

export default function VenuesPage() {
  const [text, setText] = useState(parameter('query') ?? '');
  const query = useSettled(text.trim(), 200);
  const verdict = parameter('verdict');
  const venues = useAnswer('/v1/venues', { query: { asOf: asOf.value, limit: 200, query: query || undefined, verdict: (verdict ?? undefined) as VerdictName | undefined } });
  return (
    <div class="page">
      <div class="page-head">
        <div>
          <h1>Venues</h1>
          <p>Where people meet, and what comes of it. Shares stand with their 95 % bounds, since ten people met prove little.</p>
        </div>
        <div class="actions">
          <Download name="venues" rows={venues.data?.items} all={venues.data} />
        </div>
      </div>
      <section class="card">
        <div class="filters">
          <label class="field">
            <span class="visually-hidden">Search venues</span>
            <input class="input" type="search" placeholder="Search venues" value={text} onInput={(event) => setText(event.currentTarget.value)} />
          </label>
          <Choice label="Verdict" hideLabel value={verdict ?? ''} options={[['', 'Any verdict'], ...verdicts.map((name) => [name, name] as const)]} onChange={(chosen) => setQuery({ verdict: chosen || null })} />
        </div>
        <Shown
          of={venues}
          lines={12}
          height={560}
          isEmpty={(page) => page.items.length === 0}
          empty={
            <Empty title="No venues" icon="venue">
              {query || verdict ? 'None matches.' : <>Venues come with interactions that name one, such as meetings and attendances: a column <code>venue</code> of a file on the <Link to="/import">import page</Link>.</>}
            </Empty>
          }
        >
          {(page) => <DataTable caption="Venues" rows={page.items} columns={columns} rowKey={(venue) => venue.venue} atOnce={40} />}
        </Shown>
      </section>
    </div>
  );
}

const columns: readonly Column<Venue>[] = [
  {
    key: 'venue',
    title: 'Venue',
    cell: (venue) => (
      <span class="person">
        <Link to={`/venues/${encodeURIComponent(venue.venue)}`}>{venue.venue}</Link>
        <span class="muted">{venue.suppressed ? 'fewer than 5 people' : `last ${date(venue.lastSeen)}`}</span>
      </span>
    ),
    by: (venue) => venue.venue,
    class: 'person-cell',
  },
  { key: 'verdict', title: <Measure of="venue-return">Worth it?</Measure>, cell: (venue) => (venue.suppressed ? <Measure of="suppressed">withheld</Measure> : <Verdict name={venue.verdict} />), by: (venue) => venue.verdict ?? null },
  { key: 'people', title: <Measure of="person">People</Measure>, cell: (venue) => count(venue.people), by: (venue) => venue.people ?? null, end: true },
  { key: 'people met', title: <Measure of="follow-up">First met</Measure>, cell: (venue) => count(venue.firstContacts), by: (venue) => venue.firstContacts ?? null, end: true, narrowHide: true },
  { key: 'follow-up within 48 hours', title: <Measure of="follow-up-rate">In 48 h</Measure>, cell: (venue) => <Interval of={venue.within48h} />, by: (venue) => venue.within48h?.low ?? null },
  { key: 'still mutual', title: <Measure of="venue-return">Still mutual</Measure>, cell: (venue) => <Interval of={venue.stillReciprocated} />, by: (venue) => venue.stillReciprocated?.low ?? null },
  { key: 'strength', title: <Measure of="tie-strength">Strength</Measure>, cell: (venue) => plain(venue.medianTieStrength), by: (venue) => venue.medianTieStrength ?? null, end: true, narrowHide: true },
  { key: 'help given', title: <Measure of="venue-return">Help</Measure>, cell: (venue) => count(venue.helpGiven), by: (venue) => venue.helpGiven ?? null, end: true, narrowHide: true },
];
