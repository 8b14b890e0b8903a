import { useMemo } from 'preact/hooks';
import { type Loaded, useAnswer } from '../api/answers';
import type { Schemas } from '../api/client';
import { addDays, dayOf, daysBetween, endOf, today } from './asOf';

/** How much happened when: the ground the date slider moves over. */
export interface Activity {
  readonly first: string;
  /** The last day of the slider: today, or the end of the data where that is long ago. */
  readonly last: string;
  /** Interactions in each of equal parts of the time from the first day to the last. */
  readonly interactions: readonly number[];
  readonly total: number;
}

const points = 60;
const daysWithoutAny = 365;
/** Of all interactions: what is much for one of the equal parts of the time. */
const muchShare = 0.01;

/** What a timeline says of how much happened between its points. */
export function activityOf(timeline: Schemas['TimelineAnswer'] | undefined): Activity {
  const there = timeline?.points ?? [];
  const total = there.at(-1)?.interactions ?? 0;
  if (!timeline || total === 0) return { first: addDays(today(), -daysWithoutAny), last: today(), interactions: [], total: 0 };
  const [first, end] = [dayOf(Date.parse(timeline.from)), dayOf(Date.parse(timeline.to))];
  const last = end < today() ? end : today();
  return {
    first: first < last ? first : addDays(last, -1),
    last,
    interactions: there.slice(1).map((point, index) => Math.max(0, point.interactions - (there[index]?.interactions ?? 0))),
    total,
  };
}

/** The day up to which much happened, where that is over a part of the time ago; null where it still does, or never did. */
export function lastBusyDay(activity: Activity): string | null {
  const { interactions, total } = activity;
  const part = interactions.findLastIndex((number) => number > 0 && number >= total * muchShare);
  if (part < 0 || part >= interactions.length - 2) return null;
  return dayOfPart(activity, part);
}

/** The timeline over the time there is data of. */
export function useTimeline(): Loaded<Schemas['TimelineAnswer']> {
  const { data } = useAnswer('/v1/network/timeline', { query: { points } });
  const end = useMemo(() => lastBusyDay(activityOf(data)), [data]);
  return useAnswer('/v1/network/timeline', { query: { points, to: end === null ? undefined : endOf(end) } });
}

/** The end of data that ended long ago; null where it goes on. */
export function useEndOfData(): string | null {
  const activity = useActivity();
  if (activity.last === today()) return null;
  return dayOfPart(activity, activity.interactions.findLastIndex((number) => number > 0));
}

function dayOfPart({ first, last, interactions }: Activity, part: number): string {
  return addDays(first, Math.round((daysBetween(first, last) * (part + 1)) / interactions.length));
}

export function useActivity(): Activity {
  const { data } = useTimeline();
  return useMemo(() => activityOf(data), [data]);
}
