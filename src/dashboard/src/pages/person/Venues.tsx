import { useAnswer } from '../../api/answers';
import type { Schemas } from '../../api/client';
import { type Column, DataTable } from '../../components/DataTable';
import { Interval } from '../../components/Interval';
import { Measure } from '../../components/Measure';
import { Empty, Shown } from '../../components/States';
import { count, percent, plain } from '../../format/numbers';
import { date } from '../../format/times';
import { Link } from '../../routing/router';
import { asOf } from '../../time/asOf';

type Venue = Schemas['PersonVenue'];

const leastMet = 3;

/** Venues at which a person met some and of whom nobody lasted: where going again is not worth it. */
export function withoutReturn(venues: readonly Pick<Venue, 'stillReciprocated'>[]): number {
  return venues.filter(({ stillReciprocated }) => stillReciprocated.of >= leastMet && stillReciprocated.count === 0).length;
}

/** Where a person goes, and what comes of it for them. */
export function Venues({ id }: { readonly id: string }) {
  const venues = useAnswer('/v1/people/{id}/venues', { path: { id }, query: { asOf: asOf.value, limit: 200 } });
  return (
    <section class="card">
      <div class="card-head">
        <h2>
          Where they go, and <Measure of="venue-return">what it brings</Measure>
        </h2>
        {venues.data && venues.data.items.length > 0 && <p>{summary(venues.data.items)}</p>}
      </div>
      <Shown of={venues} lines={6} height={260} isEmpty={(page) => page.items.length === 0} empty={<Empty title="No venues" icon="venue">None of their interactions names one.</Empty>}>
        {(page) => <DataTable caption="Venues" rows={page.items} columns={columns} rowKey={(venue) => venue.venue} atOnce={8} />}
      </Shown>
    </section>
  );
}

function summary(venues: readonly Venue[]): string {
  const met = venues.reduce((sum, venue) => sum + venue.newPeople, 0);
  const lost = withoutReturn(venues);
  const worst = lost === 0 ? '' : ` At ${lost === 1 ? 'one of them' : `${count(lost)} of them`} they met ${leastMet} or more and nobody lasted.`;
  return `${count(met)} people met for the first time at ${count(venues.length)} ${venues.length === 1 ? 'venue' : 'venues'}, the best return a visit first.${worst}`;
}

const columns: readonly Column<Venue>[] = [
  {
    key: 'venue',
    title: 'Venue',
    cell: (venue) => (
      <span class="person">
        <Link to={`/venues/${encodeURIComponent(venue.venue)}`}>{venue.venue}</Link>
        <span class="muted">last {date(venue.lastVisit)}</span>
      </span>
    ),
    by: (venue) => venue.venue,
    class: 'person-cell',
  },
  { key: 'visits', title: 'Days', cell: (venue) => count(venue.visits), by: (venue) => venue.visits, end: true },
  { key: 'people met', title: 'Met first', cell: (venue) => count(venue.newPeople), by: (venue) => venue.newPeople, end: true },
  { key: 'follow-up within 48 hours', title: <Measure of="follow-up-rate">In 48 h</Measure>, cell: (venue) => percent(venue.rateWithin48h), by: (venue) => venue.rateWithin48h, end: true, narrowHide: true },
  { key: 'still mutual', title: <Measure of="venue-return">Still mutual</Measure>, cell: (venue) => <Interval of={venue.stillReciprocated} />, by: (venue) => venue.stillReciprocated.value },
  { key: 'help', title: 'Help given | got', cell: (venue) => `${count(venue.helpGiven)} | ${count(venue.helpReceived)}`, by: (venue) => venue.helpGiven, end: true, narrowHide: true },
  { key: 'strength a visit', title: <Measure of="tie-strength">Strength a day</Measure>, cell: (venue) => plain(venue.tieStrengthPerVisit), by: (venue) => venue.tieStrengthPerVisit, end: true },
];
