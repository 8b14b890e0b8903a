import { signal, type Signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { addressOf, apiKey, read, type Schemas } from './client';

/** What is shown of a person where there is only an id. */
export interface KnownPerson {
  readonly id: string;
  readonly name: string | null;
  readonly organisation: string | null;
  readonly role: string | null;
  /** Not answered yet: there may be a name. */
  readonly asked?: boolean;
}

const people = new Map<string, Signal<KnownPerson>>();
const waiting: string[] = [];
const mostAtOnce = 4;
let asking = 0;

/** The person behind an id, with the name as soon as it is known. */
export function personOf(id: string): Signal<KnownPerson> {
  let known = people.get(id);
  if (!known) {
    known = signal<KnownPerson>({ id, name: null, organisation: null, role: null, asked: true });
    people.set(id, known);
    waiting.push(id);
    askNext();
  }
  return known;
}

/** Takes in what an answer says of people, so that nobody asks for it again. */
export function learn(person: { readonly id: string; readonly name?: string | null; readonly organisation?: string | null; readonly role?: string | null }): void {
  const known = people.get(person.id);
  const before = known?.peek();
  const value: KnownPerson = {
    id: person.id,
    name: person.name ?? before?.name ?? null,
    organisation: person.organisation ?? before?.organisation ?? null,
    role: person.role ?? before?.role ?? null,
  };
  if (!known || !before) people.set(person.id, signal(value));
  else if (before.asked || before.name !== value.name || before.organisation !== value.organisation || before.role !== value.role) known.value = value;
}

/**
 * The name to show: the person's own, or the id. While it is being asked for, the telling part of the id, which takes
 * about the room that the name will.
 */
export function nameOf(person: KnownPerson): string {
  return person.name ?? (person.asked ? tellingPart(person.id) : person.id);
}

/** Of an e-mail address what stands before the @, of a URL what stands last. */
export function tellingPart(id: string): string {
  const [local] = id.split('@');
  return local?.split('/').filter(Boolean).at(-1)?.replace(/[._]+/g, ' ') ?? id;
}

function askNext(): void {
  while (asking < mostAtOnce) {
    const id = waiting.shift();
    if (id === undefined) return;
    asking++;
    read(addressOf('/v1/people/{id}', { id }, undefined))
      .then((answer) => learn(answer as Schemas['PersonAnswer']))
      // The id is shown where the name cannot be had; the page's own request says what is wrong.
      .catch(() => learn({ id }))
      .finally(() => {
        asking--;
        askNext();
      });
  }
}

/** Forgets everyone when the key changes: another key may see other people. */
export function useForgetOnNewKey(): void {
  const key = apiKey.value;
  useEffect(() => () => people.clear(), [key]);
}
