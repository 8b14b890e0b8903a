import type { Schemas } from '../../api/client';
import type { ServerEvent } from '../../api/events';

export type Counters = Schemas['LiveCounters'];

/** Something that happened to a person or between two, in words that can be shown. */
export interface Happening {
  readonly key: number;
  readonly at: string;
  readonly person: string;
  readonly other: string | null;
  readonly what: string;
  readonly tone: 'good' | 'bad' | 'plain';
}

/** What the page knows: counters of the last minutes and the latest happenings, newest first. */
export interface Feed {
  readonly counters: readonly { readonly at: number; readonly counters: Counters }[];
  readonly happenings: readonly Happening[];
  readonly seen: number;
}

export const nothing: Feed = { counters: [], happenings: [], seen: 0 };

const keptCounters = 180;
const keptHappenings = 60;
const warm = ['active', 'new'];
const cold = ['cooling', 'dormant', 'lapsed', 'burnt'];

interface Told {
  readonly person: string;
  readonly other?: string | null;
  readonly at: string;
  readonly status?: string;
  readonly before?: string | null;
  readonly warning?: string;
  readonly archetype?: string;
  readonly ended?: boolean;
}

/** The feed with one event more. Events of a kind that is not known are passed over: a newer server may tell more. */
export function take(feed: Feed, event: ServerEvent, now: number): Feed {
  if (event.event === 'counters') return { ...feed, counters: [...feed.counters.slice(-keptCounters + 1), { at: now, counters: JSON.parse(event.data) as Counters }] };
  const told = JSON.parse(event.data) as Told;
  const said = words(event.event, told);
  if (said === null) return feed;
  const happening: Happening = { key: feed.seen, at: told.at, person: told.person, other: told.other ?? null, ...said };
  return { ...feed, happenings: [happening, ...feed.happenings].slice(0, keptHappenings), seen: feed.seen + 1 };
}

function words(event: string, told: Told): Pick<Happening, 'what' | 'tone'> | null {
  if (event === 'status' && told.status !== undefined)
    return { what: told.before ? `${told.before} → ${told.status}` : told.status, tone: warm.includes(told.status) ? 'good' : cold.includes(told.status) ? 'bad' : 'plain' };
  if (event === 'warning' && told.warning !== undefined) return { what: `${told.ended ? 'no longer ' : ''}${told.warning.replaceAll('-', ' ')}`, tone: told.ended ? 'good' : 'bad' };
  if (event === 'archetype' && told.archetype !== undefined) return { what: `${told.ended ? 'no longer a ' : 'a '}${told.archetype.replaceAll('-', ' ')}`, tone: 'plain' };
  return null;
}
