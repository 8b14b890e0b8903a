import { addDays, today } from './asOf';

/** How much happened when: the ground the date slider moves over. */
export interface Activity {
  readonly first: string;
  readonly interactions: readonly number[];
  readonly total: number;
}

const yearsWithoutKnowing = 3;

export function useActivity(): Activity {
  return { first: addDays(today(), -365 * yearsWithoutKnowing), interactions: [], total: 0 };
}
