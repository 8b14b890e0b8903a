import type { Loaded } from '../../api/answers';
import type { Schemas } from '../../api/client';
import { useMetrics, valuesOf } from '../../api/gauges';
import { Bar } from '../../components/Figures';
import { Measure } from '../../components/Measure';
import { Bones, Empty, Shown } from '../../components/States';
import { count, percent } from '../../format/numbers';
import { Link } from '../../routing/router';
import { asOf } from '../../time/asOf';
import { Verdict, verdicts } from '../venues/Verdict';

/** Told to those it concerns only. */
const notForOthers = 'unwanted-persistence';

/** What deserves a look: warnings by kind, the vanity gap, venues that do not pay. */
export function Attention({ network, venues }: { readonly network: Loaded<Schemas['NetworkAnswer']>; readonly venues: Loaded<Schemas['ListAnswerOfVenueSummary']> }) {
  return (
    <div class="columns">
      <Warnings />
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

function Warnings() {
  const isNow = asOf.value === undefined;
  const metrics = useMetrics(isNow);
  const warnings = metrics === null ? [] : [...valuesOf(metrics, 'networkgraph_warnings', 'warning')].filter(([name]) => name !== notForOthers).sort(([, a], [, b]) => b - a);
  const most = Math.max(1, ...warnings.map(([, number]) => number));
  const total = warnings.reduce((sum, [, number]) => sum + number, 0);
  return (
    <section class="card">
      <div class="card-head">
        <h2>
          <Measure of="warning">Warnings</Measure>
        </h2>
        <p>Ties and people that show them now; who, stands on each person's page.</p>
      </div>
      {!isNow ? (
        <Empty title="Counted for now only">Move the date back to now. On a person's page warnings are there for any date.</Empty>
      ) : metrics === null ? (
        <Bones lines={8} height={270} />
      ) : warnings.length === 0 ? (
        <Empty title="Not counted">The server does not tell its metrics to this key, or has not counted yet.</Empty>
      ) : (
        <ul class="plain share-list warnings">
          {warnings.map(([name, number]) => (
            <li key={name}>
              <span>{name.replaceAll('-', ' ')}</span>
              <Bar share={number / most} fill="var(--s-cooling)" />
              <span class="number">{count(number)}</span>
              <span class="number muted small">{percent(total === 0 ? null : number / total)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
