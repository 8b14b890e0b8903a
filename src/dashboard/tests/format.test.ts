import { describe, expect, it } from 'vitest';
import { compact, count, none, percent, plain, plural, points, signed } from '../src/format/numbers';
import { date, daysInWords, hoursInWords } from '../src/format/times';

const nbsp = '\u00a0';

describe('numbers', () => {
  it('shows what has no value as a dash, never as nought', () => {
    for (const format of [count, compact, percent, plain, signed, points]) {
      expect(format(null)).toBe(none);
      expect(format(undefined)).toBe(none);
      expect(format(Number.NaN)).toBe(none);
    }
  });
  it('keeps a digit of small shares', () => {
    expect(percent(0)).toBe(`0${nbsp}%`);
    expect(percent(0.0004)).toBe(`<0.1${nbsp}%`);
    expect(percent(0.0333)).toBe(`3.3${nbsp}%`);
    expect(percent(0.433)).toBe(`43${nbsp}%`);
    expect(percent(1)).toBe(`100${nbsp}%`);
  });
  it('gives a number the digits it deserves', () => {
    expect([plain(0.044), plain(12.34), plain(345.6)]).toEqual(['0.04', '12.3', '346']);
  });
  it('shows a difference with its sign', () => {
    expect([signed(0), signed(12), signed(-12_345)]).toEqual(['±0', '+12', '−12.3K']);
    expect(points(-0.012)).toBe(`−1.2${nbsp}points`);
  });
  it('counts in words', () => {
    expect([plural(1, 'tie'), plural(2, 'tie'), plural(2, 'person', 'people')]).toEqual(['1 tie', '2 ties', '2 people']);
  });
});

describe('times', () => {
  it('are in UTC whatever the zone of the machine', () => {
    expect(date('2026-01-31T23:59:59Z')).toBe('31 Jan 2026');
  });
  it('says spans as a person would', () => {
    expect([0.4, 1, 13, 21, 120, 507, 913].map(daysInWords)).toEqual(['under a day', '1 day', '13 days', '3 weeks', '4 months', '17 months', '2.5 years']);
    expect([0.4, 5.2, 100].map(hoursInWords)).toEqual(['24 min', '5 h', '4 days']);
  });
});
