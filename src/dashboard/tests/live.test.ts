import { describe, expect, it } from 'vitest';
import { valuesOf } from '../src/api/gauges';
import { followUpsAt } from '../src/pages/overview/followUps';
import { changesOf, ratesOf, type Sample } from '../src/pages/live/samples';
import { curvePoints } from '../src/pages/venues/FollowUpCurve';

const sample = (at: number, position: number, statuses: Record<string, number>): Sample => ({ at, position, interactions: position, snapshotAgeMs: 0, statuses });

describe('what comes in', () => {
  it('is counted a second, whatever lies between two looks', () => {
    expect(ratesOf([sample(0, 10, {}), sample(2000, 30, {}), sample(2000, 30, {}), sample(3000, 25, {})]).map((one) => one.perSecond)).toEqual([10, 0, 0]);
    expect(ratesOf([])).toEqual([]);
  });
  it('changes statuses from the first look to the last', () => {
    expect(changesOf([sample(0, 1, { active: 3, new: 1 }), sample(1, 2, { active: 5, new: 1, burnt: 1 })])).toEqual([{ status: 'active', change: 2 }, { status: 'burnt', change: 1 }]);
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

describe('metrics', () => {
  it('are read by a label, whatever stands beside it', () => {
    const text = '# HELP a_b c\na_b{kind="x",other="y"} 3\na_b{kind="z"} 1.5 1700000000\na_bc{kind="x"} 9\na_b 7\n';
    expect([...valuesOf(text, 'a_b', 'kind')]).toEqual([['x', 3], ['z', 1.5]]);
  });
});

describe('follow-ups at venues', () => {
  it('add up, without those that are withheld', () => {
    const share = (count: number, of: number) => ({ count, of, value: of === 0 ? null : count / of, low: null, high: null });
    expect(followUpsAt([{ within48h: share(3, 4) }, { within48h: null }, { within48h: share(0, 6) }])).toEqual({ share: 0.3, count: 3, of: 10 });
    expect(followUpsAt([]).share).toBeNull();
  });
});
