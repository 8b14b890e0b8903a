import { expect, test } from 'vitest';
import { NamesApart } from '../src/networks/names';

const box = (left: number, top: number) => ({ left, right: left + 80, top, bottom: top + 14 });

test('a name over another is left out', () => {
  const names = new NamesApart();
  expect(names.takes(box(0, 0))).toBe(true);
  expect(names.takes(box(79, 13))).toBe(false);
});

test('names beside and below each other are written', () => {
  const names = new NamesApart();
  expect([box(0, 0), box(80, 0), box(0, 14)].map((one) => names.takes(one))).toEqual([true, true, true]);
});

test('a new picture begins empty', () => {
  const names = new NamesApart();
  names.takes(box(0, 0));
  names.clear();
  expect(names.takes(box(0, 0))).toBe(true);
});
