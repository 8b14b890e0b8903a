import { signal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { underWay } from '../api/client';
import { Icon } from '../components/Icon';
import { count } from '../format/numbers';
import { date } from '../format/times';
import { addDays, chosenDay, daysBetween, goToDay, today } from '../time/asOf';
import { type Activity, useActivity, useEndOfData } from '../time/activity';

const stepsOfAPlay = 60;
const leastStepMs = 350;
const tickMs = 50;
const settleMs = 140;

/** The date of all pages: a slider over the network's life, with how much happened behind it, and play. */
export function TimeBar() {
  const activity = useActivity();
  const { first, last } = activity;
  useStartAtEndOfData();
  const days = Math.max(1, daysBetween(first, last));
  const day = chosenDay.value ?? last;
  // While the thumb is dragged the page waits until it rests.
  const [held, setHeld] = useState<number | null>(null);
  const [playing, setPlaying] = useState(false);
  const settling = useRef<ReturnType<typeof setTimeout>>();
  const at = held ?? Math.max(0, Math.min(days, daysBetween(first, day)));
  const reachesToday = last === today();
  const isNow = held === null ? chosenDay.value === null : held >= days && reachesToday;

  const move = (to: number) => {
    setHeld(to);
    clearTimeout(settling.current);
    settling.current = setTimeout(() => {
      setHeld(null);
      goToDay(to >= days && reachesToday ? null : addDays(first, Math.min(to, days)));
    }, settleMs);
  };

  const dayAfter = () => {
    const next = daysBetween(first, chosenDay.value ?? last) + Math.max(1, Math.round(days / stepsOfAPlay));
    return next < days ? addDays(first, next) : reachesToday ? null : last;
  };
  usePlay(playing, () => {
    const next = dayAfter();
    if (next === null || next === last) setPlaying(false);
    goToDay(next);
  });

  return (
    <section class="timebar" aria-label="Time">
      <div class="play">
        <button
          type="button"
          class="button round primary"
          aria-label={playing ? 'Pause' : 'Play through time'}
          title={playing ? 'Pause' : 'Play through time'}
          onClick={() => {
            if (!playing && at >= days) goToDay(addDays(first, Math.round(days / stepsOfAPlay)));
            setPlaying(!playing);
          }}
        >
          <Icon name={playing ? 'pause' : 'play'} />
        </button>
      </div>
      <div class="track">
        <Strip activity={activity} share={at / days} />
        <input
          type="range"
          min={0}
          max={days}
          step={1}
          value={at}
          aria-label="Date that everything is seen at"
          aria-valuetext={isNow ? 'now' : date(addDays(first, at))}
          onInput={(event) => {
            setPlaying(false);
            move(event.currentTarget.valueAsNumber);
          }}
        />
      </div>
      <div class="when">
        <strong>{isNow ? 'Now' : date(addDays(first, at))}</strong>
        {isNow ? (
          <span class="muted small">{date(today())}</span>
        ) : (
          <button
            type="button"
            class="button quiet small"
            onClick={() => {
              setPlaying(false);
              nowWanted.value = true;
              goToDay(null);
            }}
          >
            Back to now
          </button>
        )}
      </div>
    </section>
  );
}

/** Whether now was asked for: data that ended long ago is shown as of its end until then. */
const nowWanted = signal(false);

function useStartAtEndOfData(): void {
  const end = useEndOfData();
  useEffect(() => {
    if (end !== null && chosenDay.peek() === null && !nowWanted.peek()) goToDay(end);
  }, [end]);
}

/** Steps on once the page has its answers and has been seen for a moment. */
function usePlay(playing: boolean, step: () => void): void {
  const latest = useRef(step);
  latest.current = step;
  useEffect(() => {
    if (!playing) return;
    let steppedAt = performance.now();
    const timer = setInterval(() => {
      if (underWay.peek() > 0 || performance.now() < steppedAt + leastStepMs) return;
      steppedAt = performance.now();
      latest.current();
    }, tickMs);
    return () => clearInterval(timer);
  }, [playing]);
}

function Strip({ activity, share }: { readonly activity: Activity; readonly share: number }) {
  const { interactions } = activity;
  const most = Math.max(1, ...interactions);
  return (
    <svg viewBox="0 0 1000 30" preserveAspectRatio="none" role="img" aria-label={activity.total ? `${count(activity.total)} interactions over time` : 'Time'}>
      {interactions.map((number, index) => {
        const width = 1000 / interactions.length;
        const height = Math.max(number > 0 ? 1.5 : 0, (number / most) * 29);
        return <rect key={index} class={(index + 0.5) / interactions.length <= share ? 'past' : 'later'} x={index * width + 1} width={Math.max(1, width - 2)} y={30 - height} height={height} />;
      })}
    </svg>
  );
}
