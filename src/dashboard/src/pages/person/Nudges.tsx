import { useAnswer } from '../../api/answers';
import type { Schemas } from '../../api/client';
import { EvidenceButton } from '../../components/Evidence';
import { Measure } from '../../components/Measure';
import { NudgeActions } from '../../components/NudgeActions';
import { PersonName } from '../../components/PersonName';
import { Empty, Shown } from '../../components/States';
import { percent } from '../../format/numbers';
import { date } from '../../format/times';
import { Link, personPath } from '../../routing/router';
import { asOf } from '../../time/asOf';

/** What to do next, the worthiest first. Something can be done about a nudge of now; one of another date is only looked at. */
export function Nudges({ id, limit = 5 }: { readonly id: string; readonly limit?: number }) {
  const nudges = useAnswer('/v1/people/{id}/nudges', { path: { id }, query: { asOf: asOf.value, limit } });
  return (
    <section class="card">
      <div class="card-head">
        <h2>
          <Measure of="nudge">What to do next</Measure>
        </h2>
      </div>
      <Shown
        of={nudges}
        lines={6}
        height={300}
        isEmpty={(list) => list.items.length === 0}
        empty={
          <Empty title="Nothing is due" icon="check">
            No follow-up, reply or thanks is owed, and no tie needs care.
          </Empty>
        }
      >
        {(list) => (
          <ul class="plain">
            {list.items.slice(0, limit).map((nudge) => (
              <li key={`${nudge.rule} ${nudge.person} ${nudge.with ?? ''}`} class="nudge">
                <What person={id} nudge={nudge} />
                {asOf.value === undefined && <NudgeActions person={id} nudge={nudge} onChanged={nudges.reload} />}
              </li>
            ))}
          </ul>
        )}
      </Shown>
    </section>
  );
}

function What({ person, nudge }: { readonly person: string; readonly nudge: Schemas['Nudge'] }) {
  const action = nudge.action.replaceAll('-', ' ');
  return (
    <>
      <span>
        <strong class="first-capital">{action}</strong> · <PersonName id={nudge.person} detail={false} />
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
            <EvidenceButton of={{ person, with: nudge.person, ids: nudge.evidence.interactions, title: action }}>why</EvidenceButton>
            {' · '}
          </>
        )}
        <Link to={`${personPath(person)}/brief/${encodeURIComponent(nudge.person)}`}>brief</Link>
      </span>
      <span class="small muted worth">{nudge.due ? `by ${date(nudge.due)}` : ''}</span>
    </>
  );
}
