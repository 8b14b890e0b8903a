import { colourOf, type Theme } from '../shell/theme';

/** Statuses of ties in the order they are shown: from warm to cold. */
export const statuses = ['active', 'new', 'cooling', 'dormant', 'lapsed', 'one-sided', 'nominal', 'burnt'] as const;

export type TieStatus = (typeof statuses)[number] | 'blocked';

const meanings: Record<TieStatus, string> = {
  active: 'in touch, at their own rhythm',
  new: 'first contact within 30 days',
  cooling: 'silent for longer than usual',
  dormant: 'once mutual, silent for over a year',
  lapsed: 'a few words each, long ago',
  'one-sided': 'only one of the two writes',
  nominal: 'connected on paper, never a message',
  burnt: 'ended with a decline or complaint',
  blocked: 'blocked by you',
};

const isStatus = (status: string): status is TieStatus => status in meanings;

export function statusColour(status: string): string {
  return `var(--s-${isStatus(status) ? status : 'lapsed'})`;
}

/** The same as a canvas needs it. */
export function statusColourNow(status: string, shown?: Theme): string {
  return colourOf(statusColour(status).slice(4, -1), shown);
}

export function statusMeaning(status: string): string {
  return isStatus(status) ? meanings[status] : '';
}

export function StatusBadge({ status }: { readonly status: string }) {
  return (
    <span class="badge" title={statusMeaning(status)}>
      <span class="dot" style={{ '--dot': statusColour(status) }} />
      {status}
    </span>
  );
}
