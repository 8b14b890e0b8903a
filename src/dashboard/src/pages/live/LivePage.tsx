import { useCallback, useEffect, useState } from 'preact/hooks';
import { apiKey, ApiProblem } from '../../api/client';
import { follow } from '../../api/events';
import { Chart, type ChartLook, timeAxis, valueAxis } from '../../charts/Chart';
import { Download } from '../../components/Download';
import { Fact } from '../../components/Figures';
import { PersonName } from '../../components/PersonName';
import { Bones, Empty, Problem } from '../../components/States';
import { compact, count, plain } from '../../format/numbers';
import { dateTime } from '../../format/times';
import { type Feed, type Happening, nothing, take } from './happenings';

const againMs = 2000;

/** What comes in now, as the server tells it. The date of the other pages does not matter here. */
export default function LivePage() {
  const [feed, setFeed] = useState<Feed>(nothing);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const key = apiKey.value;

  useEffect(() => {
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let after: string | undefined;
    const listen = async () => {
      try {
        await follow(
          '/v1/live',
          (event) => {
            after = event.id ?? after;
            setFeed((before) => take(before, event, Date.now()));
            setProblem(null);
          },
          abort.signal,
          after,
        );
      } catch (failure) {
        if (abort.signal.aborted) return;
        if (!(failure instanceof ApiProblem)) throw failure;
        setProblem(failure);
      }
      if (!abort.signal.aborted) timer = setTimeout(() => void listen(), againMs);
    };
    void listen();
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [key]);

  const last = feed.counters.at(-1)?.counters;
  return (
    <div class="page">
      <div class="page-head">
        <div>
          <h1>Live</h1>
          <p>What comes in at this moment, and what it changes.</p>
        </div>
        <div class="actions">
          <Download name="live" rows={last && feed.counters.map(({ counters }) => counters)} all={feed} />
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
            <Fact measure="interaction" label="Interactions a second" value={plain(last?.interactionsPerSecond)} change={last && `${compact(last.interactions)} in all`} />
            <Fact measure="snapshot-age" label="Snapshot age" value={last ? `${plain(last.snapshotAgeMs / 1000)}\u00a0s` : '–'} />
            <Fact measure="waiting" label="Waiting" value={count(last?.lag)} change="durable, not visible yet" />
            <Fact measure="person" label="People" value={count(last?.people)} />
          </dl>
          <div class="columns">
            <section class="card">
              <div class="card-head">
                <h2>Interactions a second</h2>
                <p>The last three minutes.</p>
              </div>
              {last ? <Rates counters={feed.counters} /> : <Bones lines={6} height={220} />}
            </section>
            <section class="card">
              <div class="card-head">
                <h2>What changes</h2>
                <p>Ties that come to another status, warnings and habits that appear or end.</p>
              </div>
              {feed.happenings.length === 0 ? (
                <Empty title="Nothing yet" icon="live">
                  Things change as interactions arrive, and as time goes by without any.
                </Empty>
              ) : (
                <ul class="plain rows" aria-live="off">
                  {feed.happenings.slice(0, 20).map((one) => (
                    <Row key={one.key} happening={one} />
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

function Row({ happening }: { readonly happening: Happening }) {
  return (
    <li>
      <span>
        <span>
          <PersonName id={happening.person} detail={false} />
          {happening.other && (
            <>
              {' and '}
              <PersonName id={happening.other} detail={false} />
            </>
          )}
        </span>
        <span class="small muted">{dateTime(happening.at)}</span>
      </span>
      <span class={`small end tone-${happening.tone}`}>{happening.what}</span>
    </li>
  );
}

function Rates({ counters }: { readonly counters: Feed['counters'] }) {
  const option = useCallback(
    (look: ChartLook) => ({
      animation: false,
      xAxis: { ...timeAxis(look), axisLabel: { color: look.soft, hideOverlap: true, formatter: '{HH}:{mm}:{ss}' } },
      yAxis: { ...valueAxis(look, (value) => compact(value)), min: 0, minInterval: 1 },
      tooltip: { show: false },
      series: [
        {
          type: 'line',
          symbol: 'none',
          lineStyle: { width: 2, color: look.accent },
          areaStyle: { color: look.accent, opacity: 0.14 },
          data: counters.map(({ at, counters: one }) => [at, one.interactionsPerSecond]),
        },
      ],
    }),
    [counters],
  );
  return <Chart option={option} height={220} label={`${plain(counters.at(-1)?.counters.interactionsPerSecond)} interactions a second at last`} />;
}
