import { describe, expect, it } from 'vitest';
import { followUpsAt } from '../src/pages/overview/followUps';
import { cutEvents } from '../src/api/events';
import { nothing, take } from '../src/pages/live/happenings';
import { curvePoints } from '../src/pages/venues/FollowUpCurve';

const counters = { asOf: '', people: 2, interactions: 3, interactionsPerSecond: 4, position: 5, lag: 0, snapshotAgeMs: 6, listeners: 1 };
const event = (name: string, data: object) => ({ event: name, data: JSON.stringify(data) });

describe('a stream of events', () => {
  it('is cut where events end, whatever pieces it arrives in', () => {
    const text = 'id: 1\nevent: counters\ndata: {"a":1}\n\n: still here\n\ndata: x\r\n\r\nevent: status\nda';
    expect(cutEvents(text)).toEqual({
      events: [{ event: 'counters', data: '{"a":1}', id: '1' }, { event: 'message', data: 'x' }],
      rest: 'event: status\nda',
    });
    expect(cutEvents(cutEvents(text).rest + 'ta: y\n\n').events).toEqual([{ event: 'status', data: 'y' }]);
  });
});

describe('what happens', () => {
  it('is told newest first, in words', () => {
    let feed = take(nothing, event('counters', counters), 1000);
    feed = take(feed, event('status', { person: 'a', other: 'b', before: 'dormant', status: 'active', at: 't1' }), 2000);
    feed = take(feed, event('warning', { person: 'a', other: null, warning: 'premature-pitch', ended: false, at: 't2' }), 3000);
    feed = take(feed, event('archetype', { person: 'c', archetype: 'know-it-all', ended: true, at: 't3' }), 4000);
    expect(feed.counters).toEqual([{ at: 1000, counters }]);
    expect(feed.happenings.map(({ what, tone, other }) => [what, tone, other])).toEqual([
      ['no longer a know it all', 'plain', null],
      ['premature pitch', 'bad', null],
      ['dormant → active', 'good', 'b'],
    ]);
  });
  it('passes over events of a kind it does not know', () => {
    expect(take(nothing, event('weather', { person: 'a', at: 't' }), 0)).toBe(nothing);
  });
});

describe('a follow-up curve', () => {
  it('shows what was followed up, from nought to the end of the watch, within its bounds', () => {
    const { done, low, high } = curvePoints({ contacts: 10, pending: 0, medianHours: null, steps: [{ hours: 5, atRisk: 10, open: 0.8, low: 0.6, high: 0.9 }] });
    expect(done).toEqual([[0, 0], [5, expect.closeTo(0.2)], [336, expect.closeTo(0.2)]]);
    expect(low.at(-1)?.[1]).toBeCloseTo(0.1);
    expect(high.at(-1)?.[1]).toBeCloseTo(0.4);
  });
});

describe('follow-ups at venues', () => {
  it('add up, without those that are withheld', () => {
    const share = (count: number, of: number) => ({ count, of, value: of === 0 ? null : count / of, low: null, high: null });
    expect(followUpsAt([{ within48h: share(3, 4) }, { within48h: null }, { within48h: share(0, 6) }])).toEqual({ share: 0.3, count: 3, of: 10 });
    expect(followUpsAt([]).share).toBeNull();
  });
});
