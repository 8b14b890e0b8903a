import type { Schemas } from '../../api/client';
import { Fragment } from 'preact';
import { nameOf, personOf } from '../../api/names';
import { percent } from '../../format/numbers';
import { date } from '../../format/times';
import { Link, personPath } from '../../routing/router';

/** A path drawn hop by hop: the thicker the line, the likelier the step. Below each other where it is narrow. */
export function PathDrawing({ path }: { readonly path: Schemas['IntroductionPathAnswer'] }) {
  const [first] = path.hops;
  if (!first) return null;
  return (
    <div class="path-drawing">
      <Stop id={first.from} role="asks" />
      {path.hops.map((hop, index) => (
        <Fragment key={hop.to}>
          <div class="hop">
            <span class="hop-chance number">{percent(hop.probability)}</span>
            <span class="hop-line" style={{ '--thick': `${1.5 + 5 * hop.probability}px` }} />
            <span class="hop-when">last {date(hop.lastContact)}</span>
          </div>
          <Stop id={hop.to} role={index === path.hops.length - 1 ? 'is met' : 'introduces'} />
        </Fragment>
      ))}
    </div>
  );
}

function Stop({ id, role }: { readonly id: string; readonly role: string }) {
  const person = personOf(id).value;
  const name = nameOf(person);
  return (
    <div class={`stop ${role === 'introduces' ? 'broker' : ''}`}>
      <span class="initials" aria-hidden="true">
        {initials(name)}
      </span>
      <Link to={personPath(id)}>{name}</Link>
      <span class="small muted">{person.organisation ?? ' '}</span>
      <span class="small muted">{role}</span>
    </div>
  );
}

/** The first letters of the first and the last word of a name. */
export function initials(name: string): string {
  const words = name.split(/[\s@._-]+/).filter(Boolean);
  const letters = words.length > 1 && !name.includes('@') ? [words[0], words.at(-1)] : [words[0]];
  return letters.map((word) => String.fromCodePoint((word ?? '?').codePointAt(0) ?? 63).toUpperCase()).join('');
}
