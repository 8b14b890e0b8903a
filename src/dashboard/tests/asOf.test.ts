import { beforeEach, describe, expect, it, vi } from 'vitest';
import { place, setQuery } from '../src/routing/router';
import { addDays, asOf, chosenDay, daysBetween, daysEarlier, goToDay, isDay } from '../src/time/asOf';
import { activityOf, lastBusyDay } from '../src/time/activity';

describe('the date of all pages', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: new Date('2026-05-10T12:00:00Z') });
    setQuery({ asOf: null });
  });
  it('is now unless the address names a day that there is', () => {
    expect(asOf.value).toBeUndefined();
    setQuery({ asOf: '2025-02-30' });
    expect(chosenDay.value).toBeNull();
    setQuery({ asOf: '2025-02-28' });
    expect(asOf.value).toBe('2025-02-28T23:59:59Z');
  });
  it('is now for today and later, which have not ended', () => {
    goToDay('2026-05-10');
    expect(place.value.query.get('asOf')).toBeNull();
    goToDay('2026-05-09');
    expect(asOf.value).toBe('2026-05-09T23:59:59Z');
  });
  it('reckons in days', () => {
    expect(daysBetween('2026-02-27', addDays('2026-02-27', 3))).toBe(3);
    expect(addDays('2026-02-27', 3)).toBe('2026-03-02');
    expect(daysEarlier(30)).toBe('2026-04-10T23:59:59Z');
    expect([isDay('2026-04-10'), isDay('10.4.2026'), isDay('2026-13-01')]).toEqual([true, false, false]);
  });
  it('moves over what happened between the points of the timeline', () => {
    const point = (at: string, interactions: number) => ({ at, interactions, people: 0, ties: 0, dyads: 0, statuses: {}, r: null, rho: null, weighted: null });
    const timeline = { from: '2025-01-01T08:00:00Z', to: '2026-05-10T12:00:00Z', points: [point('2025-01-01T08:00:00Z', 1), point('2025-09-01T00:00:00Z', 5), point('2026-05-10T12:00:00Z', 12)], outliers: null };
    expect(activityOf(timeline)).toEqual({ first: '2025-01-01', last: '2026-05-10', interactions: [4, 7], total: 12 });
    expect(activityOf(undefined).interactions).toEqual([]);
    expect(lastBusyDay({ first: '2026-05-05', last: '2026-05-10', interactions: [90, 9, 0, 0, 0], total: 99 })).toBe('2026-05-07');
    expect(lastBusyDay({ first: '2026-05-05', last: '2026-05-10', interactions: [90, 9, 0, 1, 0], total: 100 })).toBeNull();
    expect(lastBusyDay(activityOf(undefined))).toBeNull();
  });
});
