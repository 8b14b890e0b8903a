import { useCallback, useEffect, useState } from 'preact/hooks';
import { ApiProblem, get } from '../../api/client';
import { Chart, type ChartLook, timeAxis, valueAxis } from '../../charts/Chart';
import { Download } from '../../components/Download';
import { Fact } from '../../components/Figures';
import { Bones, Empty, Problem } from '../../components/States';
import { StatusBadge } from '../../components/Status';
import { compact, count, plain, signed } from '../../format/numbers';
import { changesOf, ratesOf, type Sample } from './samples';

const everyMs = 1000;
const kept = 180;

/** What comes in now. It looks once a second while the page is seen; the date of the other pages does not matter here. */
export default function LivePage() {
  const [samples, setSamples] = useState<readonly Sample[]>([]);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [people, setPeople] = useState<number | null>(null);

  useEffect(() => {
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    const look = async () => {
      if (document.visibilityState === 'visible') {
        try {
          const now = await get('/v1/network', {}, abort.signal);
          setSamples((before) => [...before.slice(-kept + 1), { at: Date.now(), position: now.position, interactions: now.interactions, snapshotAgeMs: now.snapshotAgeMs, statuses: now.statuses }]);
          setPeople(now.people);
          setProblem(null);
        } catch (failure) {
          if (abort.signal.aborted) return;
          if (!(failure instanceof ApiProblem)) throw failure;
          setProblem(failure);
        }
      }
      timer = setTimeout(() => void look(), everyMs);
    };
    void look();
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, []);

  const last = samples.at(-1);
  const rates = ratesOf(samples);
  const changes = changesOf(samples);
  return (
    <div class="page live">
      <div class="page-head">
        <div>
          <h1>Live</h1>
          <p>What comes in at this moment, and what it changes. Looked at once a second while this page is open.</p>
        </div>
        <div class="actions">
          <Download name="live" rows={samples.length > 0 ? samples : undefined} />
        </div>
      </div>
      {problem && !last ? (
        <div class="card">
          <Problem problem={problem} />
        </div>
      ) : (
        <>
          {problem && <p class="bad">{problem.detail || problem.title} Trying again.</p>}
          <dl class="facts">
            <Fact label="Records a second" value={plain(rates.at(-1)?.perSecond)} change="taken in and visible" />
            <Fact measure="snapshot-age" label="Snapshot age" value={last ? `${plain(last.snapshotAgeMs / 1000)}\u00a0s` : '–'} />
            <Fact measure="interaction" label="Interactions" value={compact(last?.interactions)} />
            <Fact measure="person" label="People" value={count(people)} />
          </dl>
          <div class="columns wide-left">
            <section class="card">
              <div class="card-head">
                <h2>Records a second</h2>
                <p>The last three minutes.</p>
              </div>
              {last ? <Rates rates={rates} /> : <Bones lines={6} height={220} />}
            </section>
            <section class="card">
              <div class="card-head">
                <h2>
                  What changed
                </h2>
                <p>Relationships by status, since this page was opened.</p>
              </div>
              {changes.length === 0 ? (
                <Empty title="Nothing yet" icon="live">
                  Statuses change as interactions arrive, and as time goes by without any.
                </Empty>
              ) : (
                <ul class="plain rows">
                  {changes.map(({ status, change }) => (
                    <li key={status}>
                      <StatusBadge status={status} />
                      <span class="number">{signed(change)}</span>
                    </li>
                  ))}
                </ul>
              )}
            </section>
          </div>
        </>
      )}
    </div>
  );
}

function Rates({ rates }: { readonly rates: ReturnType<typeof ratesOf> }) {
  const option = useCallback(
    (look: ChartLook) => ({
      animation: false,
      xAxis: { ...timeAxis(look), axisLabel: { color: look.soft, hideOverlap: true, formatter: '{HH}:{mm}:{ss}' } },
      yAxis: { ...valueAxis(look, (value) => compact(value)), min: 0, minInterval: 1 },
      tooltip: { show: false },
      series: [{ type: 'line', symbol: 'none', lineStyle: { width: 2, color: look.accent }, areaStyle: { color: look.accent, opacity: 0.14 }, data: rates.map((one) => [one.at, one.perSecond]) }],
    }),
    [rates],
  );
  return <Chart option={option} height={220} label={`${plain(rates.at(-1)?.perSecond)} records a second at last`} />;
}
