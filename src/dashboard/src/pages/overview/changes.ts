import type { Schemas } from '../../api/client';

type Change = Schemas['StatusChangeAnswer'];

export type ChangeName = 'began' | 'settled' | 'answered' | 'warmed' | 'cooled' | 'silent' | 'unanswered' | 'burnt' | 'other';

/** Changes that mean the same to a reader, with how many relationships made them and the strongest of those. */
export interface ChangeGroup {
  readonly name: ChangeName;
  readonly dyads: number;
  readonly strongest: Change['strongest'];
}

/** In the order they are shown: what grows, then what fades. */
export const changeNames: readonly ChangeName[] = ['began', 'settled', 'answered', 'warmed', 'cooled', 'silent', 'unanswered', 'burnt', 'other'];

const quiet = ['dormant', 'lapsed'];
const oneWay = ['one-sided', 'nominal'];
const mutual = ['active', 'cooling', ...quiet];

/** What a change of status means. */
export function nameOfChange(from: string | null, to: string): ChangeName {
  if (to === 'burnt') return 'burnt';
  if (from === null) return 'began';
  if (from === 'new' && to === 'active') return 'settled';
  if (oneWay.includes(from) && mutual.includes(to)) return 'answered';
  if (to === 'active') return 'warmed';
  if (to === 'cooling') return quiet.includes(from) ? 'warmed' : 'cooled';
  if (quiet.includes(to)) return 'silent';
  if (oneWay.includes(to)) return 'unanswered';
  return 'other';
}

const mostNamed = 2;

/** The changes of an answer, grouped; groups that nobody is in are left out. */
export function groupChanges(changes: readonly Change[]): readonly ChangeGroup[] {
  return changeNames.flatMap((name) => {
    const there = changes.filter((change) => nameOfChange(change.from, change.to) === name);
    if (there.length === 0) return [];
    const strongest = there.flatMap((change) => change.strongest).sort((a, b) => b.strength - a.strength).slice(0, mostNamed);
    return [{ name, dyads: there.reduce((sum, change) => sum + change.dyads, 0), strongest }];
  });
}
