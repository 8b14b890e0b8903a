import type { Loaded } from '../../api/answers';
import type { Schemas } from '../../api/client';
import { Measure } from '../../components/Measure';
import { Shown } from '../../components/States';
import { count } from '../../format/numbers';
import { Link } from '../../routing/router';
import { Verdict, verdicts } from '../venues/Verdict';
import { Warnings } from './Warnings';

/** What deserves a look: warnings by kind, the vanity gap, venues that do not pay. */
export function Attention({ network, venues, warnings }: {
  readonly network: Loaded<Schemas['NetworkAnswer']>;
  readonly venues: Loaded<Schemas['ListAnswerOfVenueSummary']>;
  readonly warnings: Loaded<Schemas['NetworkWarningsAnswer']>;
}) {
  return (
    <div class="columns">
      <Warnings of={warnings} />
      <section class="card">
        <div class="card-head">
          <h2>
            Connections and <Measure of="vanity-gap">people one could call</Measure>
          </h2>
        </div>
        <Shown of={network} lines={3} height={86}>
          {({ vanityGap }) =>
            vanityGap === null ? (
              <p class="muted">Still being counted.</p>
            ) : (
              <div class="gap">
                <span class="gap-bar" role="img" aria-label={`${count(vanityGap.couldCall)} of ${count(vanityGap.connections)} connections`}>
                  <i style={{ width: `${vanityGap.connections === 0 ? 0 : (vanityGap.couldCall / vanityGap.connections) * 100}%` }} />
                </span>
                <p>
                  <strong class="number">{count(vanityGap.couldCall)}</strong> of {count(vanityGap.connections)} connections are even and strong enough to call; the gap is {count(vanityGap.gap)}.
                </p>
              </div>
            )
          }
        </Shown>
        <h3 class="spaced">Venues, and whether they are worth it</h3>
        <Shown of={venues} lines={3} height={124} isEmpty={(page) => page.items.length === 0} empty={<p class="muted">No interaction names a venue.</p>}>
          {(page) => (
            <ul class="plain rows">
              {verdicts.map((verdict) => (
                <li key={verdict}>
                  <Verdict name={verdict} />
                  <Link to="/venues" query={{ verdict }} class="number">
                    {count(page.items.filter((venue) => venue.verdict === verdict).length)}
                  </Link>
                </li>
              ))}
            </ul>
          )}
        </Shown>
      </section>
    </div>
  );
}
