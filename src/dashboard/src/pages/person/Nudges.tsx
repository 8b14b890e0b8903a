import { useAnswer } from '../../api/answers';
import { EvidenceButton } from '../../components/Evidence';
import { Measure } from '../../components/Measure';
import { PersonName } from '../../components/PersonName';
import { Empty, Shown } from '../../components/States';
import { percent } from '../../format/numbers';
import { date } from '../../format/times';
import { Link, personPath } from '../../routing/router';
import { asOf } from '../../time/asOf';

/** What to do next, the worthiest first. */
export function Nudges({ id }: { readonly id: string }) {
  const nudges = useAnswer('/v1/people/{id}/nudges', { path: { id }, query: { asOf: asOf.value, limit: 5 } });
  return (
    <section class="card">
      <div class="card-head">
        <h2>
          <Measure of="nudge">What to do next</Measure>
        </h2>
      </div>
      <Shown of={nudges} lines={6} height={300} isEmpty={(list) => list.items.length === 0} empty={<Empty title="Nothing is due" icon="check">No follow-up, reply or thanks is owed, and no tie needs care.</Empty>}>
        {(list) => (
          <ul class="plain">
            {list.items.slice(0, 5).map((nudge) => (
              <li key={`${nudge.rule} ${nudge.person} ${nudge.with ?? ''}`} class="nudge">
                <span>
                  <strong class="first-capital">{nudge.action.replaceAll('-', ' ')}</strong> · <PersonName id={nudge.person} detail={false} />
                  {nudge.with && (
                    <>
                      {' '}
                      and <PersonName id={nudge.with} detail={false} />
                    </>
                  )}
                </span>
                <span class="worth number">{percent(nudge.worth)}</span>
                <span class="small">
                  {nudge.reason}{' '}
                  {nudge.evidence.interactions.length > 0 && (
                    <>
                      <EvidenceButton of={{ person: id, with: nudge.person, ids: nudge.evidence.interactions, title: nudge.action.replaceAll('-', ' ') }}>why</EvidenceButton>
                      {' · '}
                    </>
                  )}
                  <Link to={`${personPath(id)}/brief/${encodeURIComponent(nudge.person)}`}>brief</Link>
                </span>
                <span class="small muted worth">{nudge.due ? `by ${date(nudge.due)}` : ''}</span>
              </li>
            ))}
          </ul>
        )}
      </Shown>
    </section>
  );
}
