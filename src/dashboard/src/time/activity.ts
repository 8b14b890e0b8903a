import { useMemo } from 'preact/hooks';
import { useAnswer } from '../api/answers';
import type { Schemas } from '../api/client';
import { addDays, dayOf, today } from './asOf';

/** How much happened when: the ground the date slider moves over. */
export interface Activity {
  readonly first: string;
  /** Interactions in each of equal parts of the time from the first day to today. */
  readonly interactions: readonly number[];
  readonly total: number;
}

const points = 60;
const daysWithoutAny = 365;

/** What a timeline says of how much happened between its points. */
export function activityOf(timeline: Schemas['TimelineAnswer'] | undefined): Activity {
  const there = timeline?.points ?? [];
  const total = there.at(-1)?.interactions ?? 0;
  if (!timeline || total === 0) return { first: addDays(today(), -daysWithoutAny), interactions: [], total: 0 };
  const first = dayOf(Date.parse(timeline.from));
  return {
    first: first < today() ? first : addDays(today(), -1),
    interactions: there.slice(1).map((point, index) => Math.max(0, point.interactions - (there[index]?.interactions ?? 0))),
    total,
  };
}

export function useActivity(): Activity {
  const { data } = useAnswer('/v1/network/timeline', { query: { points } });
  return useMemo(() => activityOf(data), [data]);
}
