import { useMemo } from 'preact/hooks';
import { useAnswer } from '../api/answers';
import type { Schemas } from '../api/client';
import { addDays, dayOf, daysBetween, today } from './asOf';

/** How much happened when: the ground the date slider moves over. */
export interface Activity {
  readonly first: string;
  /** Interactions in each of equal parts of the time from the first day to today. */
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
  if (!timeline || total === 0) return { first: addDays(today(), -daysWithoutAny), interactions: [], total: 0 };
  const first = dayOf(Date.parse(timeline.from));
  return {
    first: first < today() ? first : addDays(today(), -1),
    interactions: there.slice(1).map((point, index) => Math.max(0, point.interactions - (there[index]?.interactions ?? 0))),
    total,
  };
}

/** The day up to which much happened, where that is over a part of the time ago; null where it still does, or never did. */
export function lastBusyDay({ first, interactions, total }: Activity): string | null {
  const part = interactions.findLastIndex((number) => number > 0 && number >= total * muchShare);
  if (part < 0 || part >= interactions.length - 2) return null;
  return addDays(first, Math.round((daysBetween(first, today()) * (part + 1)) / interactions.length));
}

export function useActivity(): Activity {
  const { data } = useAnswer('/v1/network/timeline', { query: { points } });
  return useMemo(() => activityOf(data), [data]);
}
