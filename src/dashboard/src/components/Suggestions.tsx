import { useAnswer } from '../api/answers';
import { NothingYet } from './NothingYet';
import { Bones } from './States';

/** Where nobody is chosen yet: some people to begin with. */
export function Suggestions({ title, onPick }: { readonly title: string; readonly onPick: (id: string) => void }) {
  const people = useAnswer('/v1/people', { query: { limit: 8 } });
  return (
    <section class="card">
      <div class="card-head">
        <h2>{title}</h2>
        {people.data?.items.length !== 0 && <p>Type a name above, or begin with one of these.</p>}
      </div>
      {people.data?.items.length === 0 ? (
        <NothingYet title="Nobody yet" />
      ) : people.data ? (
        <ul class="plain suggestions">
          {people.data.items.map((person) => (
            <li key={person.id}>
              <button type="button" class="button suggestion" onClick={() => onPick(person.id)}>
                <strong>{person.name ?? person.id}</strong>
                <span class="small muted">{[person.role, person.organisation].filter(Boolean).join(', ')}</span>
              </button>
            </li>
          ))}
        </ul>
      ) : (
        <Bones lines={6} height={180} />
      )}
    </section>
  );
}
