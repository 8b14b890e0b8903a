import { none } from './numbers';

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const month = new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' });
const minute = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });

type Maybe = string | number | null | undefined;

const or = (value: Maybe, format: (date: Date) => string) => (value === null || value === undefined ? none : format(new Date(value)));

export const date = (value: Maybe) => or(value, (d) => day.format(d));
export const monthOf = (value: Maybe) => or(value, (d) => month.format(d));
export const dateTime = (value: Maybe) => or(value, (d) => `${minute.format(d)} UTC`);

/** A span of days in the unit a person would say: 3 days, 5 weeks, 8 months, 2.5 years. */
export function daysInWords(days: number | null | undefined): string {
  if (days === null || days === undefined) return none;
  if (days < 1) return 'under a day';
  if (days < 14) return unit(Math.round(days), 'day');
  if (days < 60) return unit(Math.round(days / 7), 'week');
  if (days < 365 * 2) return unit(Math.round(days / 30.44), 'month');
  const years = Math.round((days / 365.25) * 2) / 2;
  return `${years} years`;
}

/** Hours as a person would say them: 25 min, 4 h, 3 days. */
export function hoursInWords(hours: number | null | undefined): string {
  if (hours === null || hours === undefined) return none;
  if (hours < 1) return `${Math.max(1, Math.round(hours * 60))} min`;
  if (hours < 48) return `${Math.round(hours)} h`;
  return daysInWords(hours / 24);
}

function unit(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}
