import { useEffect } from 'preact/hooks';
import { useAnswer } from '../../api/answers';
import type { Schemas } from '../../api/client';
import { Download } from '../../components/Download';
import { Fact } from '../../components/Figures';
import { Interval } from '../../components/Interval';
import { Measure } from '../../components/Measure';
import { Empty, Problem, Shown } from '../../components/States';
import { count, none, percent, plain, plural, points } from '../../format/numbers';
import { date, hoursInWords } from '../../format/times';
import { Link } from '../../routing/router';
import { asOf } from '../../time/asOf';
import { FollowUpCurve } from './FollowUpCurve';
import { Verdict } from './Verdict';

type Venue = Schemas['VenueAnswer'];

const names: Readonly<Record<string, string>> = {
  within24h: 'followed up within 24 h',
  within48h: 'followed up within 48 h',
  followedUp: 'followed up within 14 days',
  followedUpElsewhere: 'followed up elsewhere',
  stillReciprocated: 'still mutual after 90 days',
};

const standings: Readonly<Record<string, string>> = { 'clearly-higher': 'clearly more', 'clearly-lower': 'clearly fewer', 'not-clear': 'no clear difference' };

export default function VenuePage({ ids }: { readonly ids: Readonly<Record<string, string>> }) {
  const id = ids['id'] ?? '';
  const venue = useAnswer('/v1/venues/{id}', { path: { id }, query: { asOf: asOf.value } });
  useEffect(() => {
    document.title = `${id} · NetworkGraph`;
  }, [id]);
  return (
    <div class="page">
      <div class="page-head">
        <div>
          <p class="small">
            <Link to="/venues">Venues</Link>
          </p>
          <h1>{id}</h1>
          <p>{venue.data?.worth?.reason ?? ' '}</p>
        </div>
        <div class="actions">
          <Download name={`venue-${id}`} rows={venue.data && [venue.data]} all={venue.data} />
        </div>
      </div>
      {venue.problem ? (
        <div class="card">
          <Problem problem={venue.problem} retry={venue.reload} />
        </div>
      ) : (
        <Shown of={venue} lines={12} height={560}>
          {(answer) =>
            answer.suppressed ? (
              <div class="card">
                <Empty title="Withheld" icon="venue">
                  Fewer than 5 people took part here. <Measure of="suppressed">Why nothing is told</Measure>
                </Empty>
              </div>
            ) : (
              <Detail venue={answer} />
            )
          }
        </Shown>
      )}
    </div>
  );
}

function Detail({ venue }: { readonly venue: Venue }) {
  return (
    <div class="stack">
      <dl class="facts">
        <Fact measure="venue-return" label="Worth it?" value={<Verdict name={venue.verdict} />} />
        <Fact measure="person" label="People" value={count(venue.people)} change={`on ${plural(venue.days ?? 0, 'day')} until ${date(venue.lastSeen)}`} />
        <Fact measure="follow-up" label="Met for the first time" value={count(venue.firstContacts)} change={`${plain(venue.newPeoplePerAttendee)} new people each`} />
        <Fact measure="follow-up-rate" label="Followed up in 48 h" value={percent(venue.rateWithin48h)} change={`in 24 h ${percent(venue.rateWithin24h)}`} />
        <Fact measure="tie-strength" label="Median strength" value={plain(venue.medianTieStrength)} change="of ties begun here" />
        <Fact measure="venue-return" label="Help given" value={count(venue.helpGiven)} change="gives, advice and favours" />
      </dl>
      <div class="columns">
        <section class="card">
          <div class="card-head">
            <h2>
              <Measure of="follow-up-curve">How soon people follow up</Measure>
            </h2>
            <p>Share of those who met that were in touch again, by hours since they met, with 95 % bounds.</p>
          </div>
          {venue.followUpCurve && venue.followUpCurve.steps.length > 0 ? (
            <>
              <FollowUpCurve curve={venue.followUpCurve} height={240} />
              <p class="small muted">
                {venue.followUpCurve.medianHours === null ? 'Fewer than half ever follow up.' : `Half follow up within ${hoursInWords(venue.followUpCurve.medianHours)}.`} {count(venue.followUpCurve.contacts)} first contacts,{' '}
                {count(venue.followUpCurve.pending)} still pending.
              </p>
            </>
          ) : (
            <Empty title="No follow-ups to show">Nobody who met here was in touch again.</Empty>
          )}
        </section>
        <section class="card">
          <div class="card-head">
            <h2>Was it worth it?</h2>
          </div>
          <ul class="plain rows">
            {(venue.worth?.parts ?? []).map((part) => (
              <li key={part.part}>
                <span>
                  <strong>{names[part.part] ?? part.part}</strong>
                  <span class="small muted">
                    below {percent(part.graveyardBelow)} a graveyard, from {percent(part.fruitfulFrom)} fruitful
                  </span>
                </span>
                <Interval of={part.share} />
              </li>
            ))}
          </ul>
          {venue.comparison && (
            <>
              <h3 class="spaced">{venue.comparison.with ? `Beside ${venue.comparison.with}` : `Beside the ${count(venue.comparison.venues)} other venues`}</h3>
              <ul class="plain rows">
                {venue.comparison.items.map((item) => (
                  <li key={item.measure}>
                    <span>
                      {names[item.measure] ?? item.measure}
                      <span class="small muted">{standings[item.standing] ?? item.standing}</span>
                    </span>
                    <span class="number end">
                      {item.difference === null ? none : points(item.difference)}
                      <span class="small muted block">{item.low === null ? '' : `${points(item.low).replace(/.points$/, '')} to ${points(item.high)}`}</span>
                    </span>
                  </li>
                ))}
              </ul>
            </>
          )}
        </section>
      </div>
    </div>
  );
}
