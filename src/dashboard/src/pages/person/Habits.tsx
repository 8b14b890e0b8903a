import { useAnswer } from '../../api/answers';
import type { Schemas } from '../../api/client';
import { EvidenceButton } from '../../components/Evidence';
import { Meter } from '../../components/Figures';
import { Measure } from '../../components/Measure';
import { PersonName } from '../../components/PersonName';
import { Empty, Shown } from '../../components/States';
import { count } from '../../format/numbers';
import { date } from '../../format/times';
import { asOf } from '../../time/asOf';

const bright = ['connector', 'nurturer', 'giver'];

/** Names of counts, as a person would say them: newPeopleMet becomes "new people met". */
export function countName(name: string): string {
  return name.replace(/([a-z])([A-Z0-9])/g, '$1 $2').toLowerCase();
}

export function Habits({ id }: { readonly id: string }) {
  const when = { asOf: asOf.value, limit: 20 };
  const archetypes = useAnswer('/v1/people/{id}/archetypes', { path: { id }, query: when });
  const warnings = useAnswer('/v1/people/{id}/warnings', { path: { id }, query: when });
  return (
    <div class="columns">
      <section class="card">
        <div class="card-head">
          <h2>
            <Measure of="archetype">Habits</Measure>
          </h2>
          {archetypes.data?.items[0] && (
            <span class="small muted">
              {date(archetypes.data.items[0].window.from)} – {date(archetypes.data.items[0].window.to)}
            </span>
          )}
        </div>
        <Shown of={archetypes} lines={5} height={180} isEmpty={(page) => page.items.length === 0} empty={<Empty title={archetypes.data?.cannotTell ? 'Cannot be told' : 'No habit stands out'}>{archetypes.data?.cannotTell ? `The interactions do not say what it takes (${archetypes.data.cannotTell.missing.join(', ')}) to tell ${archetypes.data.cannotTell.archetypes.join(', ')}.` : 'None shows clearly, or there are fewer than 10 interactions to judge by.'}</Empty>}>
          {(page) => (
            <ul class="plain">
              {page.items.map((habit) => (
                <Finding key={habit.archetype} id={id} title={habit.archetype} tone={bright.includes(habit.archetype) ? 'tone-good' : ''} score={habit.score} counsel={habit.counsel} evidence={habit.evidence} />
              ))}
            </ul>
          )}
        </Shown>
      </section>
      <section class="card">
        <div class="card-head">
          <h2>
            <Measure of="warning">Warnings</Measure>
          </h2>
        </div>
        <Shown of={warnings} lines={5} height={180} isEmpty={(page) => page.items.length === 0} empty={<Empty title="No warnings" icon="check">Nothing goes wrong that the history would show.</Empty>}>
          {(page) => (
            <ul class="plain">
              {page.items.map((warning) => (
                <Finding key={`${warning.warning} ${warning.person ?? ''}`} id={id} title={warning.warning} tone="tone-bad" other={warning.person} score={warning.score} counsel={warning.counsel} evidence={warning.evidence} />
              ))}
            </ul>
          )}
        </Shown>
      </section>
    </div>
  );
}

function Finding(properties: {
  readonly id: string;
  readonly title: string;
  readonly tone: string;
  readonly other?: string | null;
  readonly score: number;
  readonly counsel: string;
  readonly evidence: Schemas['HabitEvidenceAnswer'];
}) {
  const { id, title, tone, other, score, counsel, evidence } = properties;
  return (
    <li class="finding">
      <div class="finding-head">
        <span>
          <strong class={`first-capital ${tone}`}>{title.replaceAll('-', ' ')}</strong>
          {other && (
            <>
              {' '}
              with <PersonName id={other} detail={false} />
            </>
          )}
        </span>
        <span class="score">
          <Meter share={score} fill={tone === 'tone-bad' ? 'var(--bad)' : 'var(--accent)'} />
        </span>
      </div>
      <p>{counsel}</p>
      <div class="counts">
        {Object.entries(evidence.counts).map(([name, number]) => (
          <span key={name}>
            {countName(name)} {Number.isInteger(number) ? count(number) : number.toFixed(2)}
          </span>
        ))}
        {evidence.interactions.length > 0 && <EvidenceButton of={{ person: id, with: other ?? undefined, ids: evidence.interactions, title: title.replaceAll('-', ' ') }}>show interactions</EvidenceButton>}
      </div>
    </li>
  );
}
