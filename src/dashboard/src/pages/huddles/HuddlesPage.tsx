import { useMemo } from 'preact/hooks';
import { useAnswer } from '../../api/answers';
import type { Schemas } from '../../api/client';
import { learn, nameOf, personOf } from '../../api/names';
import { Choice } from '../../components/Choice';
import { Download } from '../../components/Download';
import { Measure } from '../../components/Measure';
import { PersonName } from '../../components/PersonName';
import { PersonPicker } from '../../components/PersonPicker';
import { Empty, Shown } from '../../components/States';
import { percent, plain, plural } from '../../format/numbers';
import { parameter, setQuery } from '../../routing/router';
import { asOf } from '../../time/asOf';
import { HuddleDrawing } from './HuddleDrawing';

const sizes = ['5', '6', '7', '8', '9', '10'] as const;
const anyAudience = '';

export default function HuddlesPage() {
  const audience = parameter('audience');
  const person = parameter('person');
  const size = parameter('size') ?? '6';
  const huddles = useAnswer('/v1/network/huddles', { query: { asOf: asOf.value, k: 4, size: Number(size), audience: audience ?? undefined, person: person ?? undefined } });
  useMemo(() => huddles.data?.items.forEach((huddle) => huddle.people.forEach((one) => learn({ id: one.person, name: one.name, organisation: one.organisation }))), [huddles.data]);
  const audiences = huddles.data?.audiences ?? [];
  const options: (readonly [string, string])[] = [[anyAudience, 'Any audience'], ...audiences.map((one) => [one.audience, `${one.audience} (${one.candidates})`] as const)];
  if (audience && !audiences.some((one) => one.audience === audience)) options.push([audience, audience]);
  return (
    <div class="page">
      <div class="page-head">
        <div>
          <h1>Huddles</h1>
          <p>
            <Measure of="huddle">Groups</Measure> worth bringing together: they serve the same people, none offers what another does, and favours are likely to pass between them.
          </p>
        </div>
        <div class="actions">
          <Download name="huddles" rows={huddles.data?.items.map((huddle) => ({ audience: huddle.audience, people: huddle.people.map((one) => one.person), expectedStrength: huddle.expectedStrength, upperBound: huddle.upperBound, optimal: huddle.optimal }))} all={huddles.data} />
        </div>
      </div>
      <section class="card form-row" aria-label="Choose">
        <Choice label="Whom they serve" value={audience ?? anyAudience} options={options} onChange={(chosen) => setQuery({ audience: chosen || null })} />
        <Choice label="People" value={size} options={sizes.map((one) => [one, one] as const)} onChange={(chosen) => setQuery({ size: chosen === '6' ? null : chosen })} />
        <PersonPicker label="With" value={person} placeholder="Anyone" onPick={(id) => setQuery({ person: id })} />
        {person && (
          <button type="button" class="button" onClick={() => setQuery({ person: null })}>
            With anyone
          </button>
        )}
      </section>
      <Shown
        of={huddles}
        lines={10}
        height={520}
        isEmpty={(answer) => answer.items.length === 0}
        empty={
          <div class="card">
            <Empty title="No group to propose" icon="huddle">
              A huddle needs at least {size} people with a profile that says whom they serve and what they offer, who know each other well enough. {person ? 'Try it with anyone.' : 'Try a smaller one.'}
            </Empty>
          </div>
        }
      >
        {(answer) => (
          <ul class="plain stack">
            {answer.items.map((huddle) => (
              <Huddle key={huddle.people.map((one) => one.person).join()} huddle={huddle} />
            ))}
          </ul>
        )}
      </Shown>
    </div>
  );
}

function Huddle({ huddle }: { readonly huddle: Schemas['HuddleAnswer'] }) {
  const pairs = (huddle.people.length * (huddle.people.length - 1)) / 2;
  return (
    <li class="card huddle">
      <div class="huddle-head">
        <div>
          <h2>For {huddle.audience}</h2>
          <p class="small muted">{huddle.reason}</p>
        </div>
        <div class="dormant-value">
          <strong class="number">{plain(huddle.expectedStrength)}</strong>
          <span class="small muted">
            <Measure of="huddle">expected mutual strength</Measure>
            {huddle.optimal ? ', proved the best' : `; at most ${plain(huddle.upperBound)} is possible`}
          </span>
        </div>
      </div>
      <div class="huddle-body">
        <HuddleDrawing huddle={huddle} nameOf={(id) => nameOf(personOf(id).value)} />
        <ul class="plain rows">
          {huddle.people.map((one) => (
            <li key={one.person}>
              <PersonName id={one.person} />
              <span class="tags end">
                {one.offers.map((offer) => (
                  <span key={offer} class="tag">
                    {offer}
                  </span>
                ))}
              </span>
            </li>
          ))}
        </ul>
      </div>
      <p class="small muted">
        {plural(huddle.evidence.knownPairs, 'pair')} of {pairs} {huddle.evidence.knownPairs === 1 ? 'knows' : 'know'} each other already; the likeliest others get along with a chance of{' '}
        {percent(Math.max(0, ...huddle.evidence.pairs.filter((pair) => !pair.known).map((pair) => pair.likelihood)))}.
      </p>
    </li>
  );
}
