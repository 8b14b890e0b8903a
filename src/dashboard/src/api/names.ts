import { signal, type Signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { addressOf, apiKey, ApiProblem, read, type Schemas } from './client';

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
let waiting: string[] = [];
/** What the API takes at once, and about what an address may hold. */
const mostAtOnce = 100;
const mostCharacters = 5000;

/** The person behind an id, with the name as soon as it is known. */
export function personOf(id: string): Signal<KnownPerson> {
  let known = people.get(id);
  if (!known) {
    known = signal<KnownPerson>({ id, name: null, organisation: null, role: null, asked: true });
    people.set(id, known);
    // All that are drawn in one go are asked for together.
    if (waiting.push(id) === 1) queueMicrotask(askAll);
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

/** Parts ids into as many as one request takes. */
export function requestsFor(ids: readonly string[]): string[][] {
  const requests: string[][] = [];
  let characters = 0;
  for (const id of ids) {
    const own = encodeURIComponent(id).length + 4;
    const last = requests.at(-1);
    if (last && last.length < mostAtOnce && characters + own <= mostCharacters) {
      last.push(id);
      characters += own;
    } else {
      requests.push([id]);
      characters = own;
    }
  }
  return requests;
}

function askAll(): void {
  const asked = waiting.filter((id) => people.get(id)?.peek().asked);
  waiting = [];
  for (const id of requestsFor(asked)) {
    read(addressOf('/v1/people', undefined, { id }))
      .then((answer) => (answer as { readonly items: readonly Schemas['Profile'][] }).items.forEach(learn))
      // A person's own key finds nobody, and yet is told who that person is. Else the page's own request says what is wrong.
      .catch((failure: unknown) => (failure instanceof ApiProblem && failure.status === 403 ? askSingly(id) : undefined))
      // Who has no profile, or whose name cannot be had, is shown by id.
      .finally(() => id.forEach((one) => people.get(one)?.peek().asked && learn({ id: one })));
  }
}

async function askSingly(ids: readonly string[]): Promise<void> {
  for (const id of ids) await read(addressOf('/v1/people/{id}', { id }, undefined)).then((answer) => learn(answer as Schemas['PersonAnswer']), () => undefined);
}

/** Forgets everyone when the key changes: another key may see other people. */
export function useForgetOnNewKey(): void {
  const key = apiKey.value;
  useEffect(() => () => people.clear(), [key]);
}
