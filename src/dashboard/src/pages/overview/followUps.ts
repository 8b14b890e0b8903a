import type { Schemas } from '../../api/client';

/** How many of those who met at any venue were followed up within 48 hours. */
export interface FollowUpsAtVenues {
  readonly share: number | null;
  readonly count: number;
  readonly of: number;
}

/** All venues together; those whose numbers are withheld are left out. */
export function followUpsAt(venues: readonly Pick<Schemas['VenueSummary'], 'within48h'>[]): FollowUpsAtVenues {
  const count = venues.reduce((sum, venue) => sum + (venue.within48h?.count ?? 0), 0);
  const of = venues.reduce((sum, venue) => sum + (venue.within48h?.of ?? 0), 0);
  return { share: of === 0 ? null : count / of, count, of };
}
