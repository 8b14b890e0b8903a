import { computed, signal } from '@preact/signals';
import { place, setQuery } from '../routing/router';

export const dayMs = 86_400_000;

/** The chosen day, YYYY-MM-DD; null for now. Part of every address, so that a link shows what its sender saw. */
export const chosenDay = computed<string | null>(() => {
  const text = place.value.query.get('asOf');
  return text !== null && isDay(text) ? text : null;
});

/** What requests carry: the end of the chosen day, or nothing for now. */
export const asOf = computed<string | undefined>(() => (chosenDay.value === null ? undefined : endOf(chosenDay.value)));

/** The first and the last day there is something to see of. */
export const span = signal<{ readonly first: string; readonly last: string } | null>(null);

/** Goes to a day; today and later mean now. */
export function goToDay(day: string | null): void {
  setQuery({ asOf: day === null || day >= today() ? null : day });
}

export function today(): string {
  return dayOf(Date.now());
}

export function dayOf(unixMs: number): string {
  return new Date(unixMs).toISOString().slice(0, 10);
}

/** The last second of a day, UTC. */
export function endOf(day: string): string {
  return `${day}T23:59:59Z`;
}

export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && dayOf(Date.parse(text)) === text;
}

export function daysBetween(first: string, last: string): number {
  return Math.round((Date.parse(last) - Date.parse(first)) / dayMs);
}

export function addDays(day: string, days: number): string {
  return dayOf(Date.parse(day) + days * dayMs);
}

/** The moment that is looked at, Unix ms. */
export function lookedAtMs(): number {
  return chosenDay.value === null ? Date.now() : Date.parse(endOf(chosenDay.value));
}

/** The same answer this many days before the moment that is looked at, as requests carry it. */
export function daysEarlier(days: number): string {
  return endOf(dayOf(lookedAtMs() - days * dayMs));
}
