import { describe, expect, it } from 'vitest';
import { groupChanges, nameOfChange } from '../src/pages/overview/changes';
import { binInWords, spreadInWords } from '../src/pages/overview/ReciprocitySpread';
import { loopState, outcomeOf } from '../src/pages/person/Referrals';
import { withoutReturn } from '../src/pages/person/Venues';

const nbsp = '\u00a0';

describe('changes of status', () => {
  it('are called what they mean', () => {
    expect([nameOfChange(null, 'new'), nameOfChange(null, 'one-sided'), nameOfChange('new', 'active'), nameOfChange('one-sided', 'active'), nameOfChange('nominal', 'cooling')]).toEqual(['began', 'began', 'settled', 'answered', 'answered']);
    expect([nameOfChange('dormant', 'active'), nameOfChange('lapsed', 'cooling'), nameOfChange('cooling', 'active')]).toEqual(['warmed', 'warmed', 'warmed']);
    expect([nameOfChange('active', 'cooling'), nameOfChange('new', 'cooling'), nameOfChange('cooling', 'dormant'), nameOfChange('active', 'lapsed')]).toEqual(['cooled', 'cooled', 'silent', 'silent']);
    expect([nameOfChange('new', 'one-sided'), nameOfChange('active', 'burnt'), nameOfChange('one-sided', 'nominal'), nameOfChange('active', 'blocked')]).toEqual(['unanswered', 'burnt', 'unanswered', 'other']);
  });
  it('are grouped in the order they are shown, with the strongest of each group', () => {
    const pair = (first: string, strength: number) => ({ first, second: 'z', firstName: null, secondName: null, strength });
    const groups = groupChanges([
      { from: 'active', to: 'cooling', dyads: 5, strongest: [pair('a', 3), pair('b', 1)] },
      { from: null, to: 'new', dyads: 2, strongest: [] },
      { from: 'new', to: 'cooling', dyads: 4, strongest: [pair('c', 2), pair('d', 0.5)] },
    ]);
    expect(groups.map(({ name, dyads }) => [name, dyads])).toEqual([['began', 2], ['cooled', 9]]);
    expect(groups[1]?.strongest.map(({ first }) => first)).toEqual(['a', 'c']);
  });
});

describe('the spread of reciprocity', () => {
  it('is said in a sentence', () => {
    expect(spreadInWords('returned', { of: 240, zeros: 12, median: 0.84 })).toBe(`Half of all people get back at most 84${nbsp}% of what they put in. 12 of 240 get nothing back.`);
    expect(spreadInWords('balance', { of: 10, zeros: 0, median: 0.5 })).toBe(`Half of all relationships have a balance of at most 50${nbsp}%.`);
    expect(spreadInWords('given', { of: 0, zeros: 0, median: null })).toBe('There is nothing to count yet.');
  });
  it('names its columns', () => {
    expect([binInWords(0, 0.05), binInWords(19, 0.05)]).toEqual([`0–5${nbsp}%`, `95–100${nbsp}%`]);
  });
});

describe('referrals and introductions', () => {
  it('say how far they have come', () => {
    const state = (acted: boolean, reported: boolean, open: boolean) => loopState({ acted, reported, open }).text;
    expect([state(true, true, false), state(true, false, true), state(true, false, false)]).toEqual(['acted on and reported back', 'acted on, not reported back yet', 'acted on, never reported back']);
    expect([state(false, true, false), state(false, false, true), state(false, false, false)]).toEqual(['reported back: nothing came of it', 'not acted on yet', 'never acted on']);
  });
  it('say what came of them', () => {
    const outcome = (ledToContact: boolean, pending: boolean, knewEachOther: boolean) => outcomeOf({ ledToContact, pending, knewEachOther }).text;
    expect([outcome(true, false, false), outcome(false, true, false), outcome(false, false, false), outcome(false, false, true)]).toEqual(['led to contact', 'still open', 'nothing came of it', 'knew each other, nothing new']);
  });
});

describe('a person’s venues', () => {
  it('are without return where three or more were met and nobody lasted', () => {
    const lasting = (count: number, of: number) => ({ stillReciprocated: { count, of, value: null, low: null, high: null } });
    expect(withoutReturn([lasting(0, 3), lasting(0, 2), lasting(1, 8), lasting(0, 0)])).toBe(1);
  });
});
