import { nameOf, personOf } from '../api/names';
import { Link, personPath } from '../routing/router';

/** A person's name with a link to their page. */
export function PersonName({ id, detail = true }: { readonly id: string; readonly detail?: boolean }) {
  const person = personOf(id).value;
  const about = [person.role, person.organisation].filter(Boolean).join(', ');
  return (
    <span class="person">
      <Link to={personPath(id)}>{nameOf(person)}</Link>
      {detail && <span class="muted">{about || ' '}</span>}
    </span>
  );
}

/** A person's name alone, as text. */
export function NameText({ id }: { readonly id: string }) {
  return <>{nameOf(personOf(id).value)}</>;
}
