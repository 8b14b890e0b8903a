import { useState } from 'preact/hooks';
import { useAnswer } from '../../api/answers';
import type { Schemas } from '../../api/client';
import { nameOf, personOf } from '../../api/names';
import { Download } from '../../components/Download';
import { EvidenceButton } from '../../components/Evidence';
import { Bar } from '../../components/Figures';
import { Measure } from '../../components/Measure';
import { PersonName } from '../../components/PersonName';
import { PersonPicker } from '../../components/PersonPicker';
import { Empty, Shown } from '../../components/States';
import { Suggestions } from '../../components/Suggestions';
import { percent, plain } from '../../format/numbers';
import { date, daysInWords } from '../../format/times';
import { Link, personPath, setQuery, parameter } from '../../routing/router';
import { asOf } from '../../time/asOf';

type DormantTie = Schemas['DormantTie'];

export default function DormantTiesPage() {
  const person = parameter('person');
  const ties = useAnswer(person ? '/v1/people/{id}/dormant-ties' : null, { path: { id: person ?? '' }, query: { asOf: asOf.value, limit: 100 } });
  return (
    <div class="page">
      <div class="page-head">
        <div>
          <h1>Dormant ties</h1>
          <p>Relationships that were strong and mutual, and went silent. Reviving one takes a message; it brings what a stranger knows with the trust of a friend.</p>
        </div>
        <div class="actions">
          <Download name={`dormant-ties-of-${person ?? 'nobody'}`} rows={ties.data?.items} all={ties.data} />
        </div>
      </div>
      <section class="card narrow">
        <PersonPicker label="Whose dormant ties?" value={person} onPick={(id) => setQuery({ person: id })} />
      </section>
      {!person ? (
        <Suggestions title="Choose someone to see which of their ties are worth reviving" onPick={(id) => setQuery({ person: id })} />
      ) : (
        <Shown
          of={ties}
          lines={10}
          height={480}
          isEmpty={(page) => page.items.length === 0}
          empty={
            <div class="card">
              <Empty title="No dormant ties" icon="dormant">
                Nothing that was strong and mutual has gone silent. <Link to={personPath(person)}>See all their ties</Link>
              </Empty>
            </div>
          }
        >
          {(page) => (
            <ol class="plain stack">
              {page.items.map((tie, index) => (
                <Item key={tie.person} person={person} tie={tie} rank={index + 1} />
              ))}
            </ol>
          )}
        </Shown>
      )}
    </div>
  );
}

function Item({ person, tie, rank }: { readonly person: string; readonly tie: DormantTie; readonly rank: number }) {
  const name = nameOf(personOf(tie.person).value);
  return (
    <li class="card dormant">
      <span class="rank number" aria-hidden="true">
        {rank}
      </span>
      <div class="dormant-who">
        <PersonName id={tie.person} />
        <p class="small">{reasonFor(tie)}</p>
        <p class="small">
          <EvidenceButton of={{ person, with: tie.person, title: `With ${name}` }}>{`${tie.evidence.contacts.out} contacts out, ${tie.evidence.contacts.in} in`}</EvidenceButton>{' '}
          <span class="muted">
            {date(tie.evidence.firstContact)} – {date(tie.evidence.lastContact)}
          </span>
        </p>
        <WhatIf person={person} other={tie.person} />
      </div>
      <dl class="dormant-parts">
        <Part name={<Measure of="peak-strength">Was strong</Measure>} share={tie.evidence.peakShare} text={plain(tie.peakStrength)} />
        <Part name={<Measure of="trust">Trust</Measure>} share={tie.trust} />
        <Part name={<Measure of="newness">New to me</Measure>} share={tie.newness} />
        <Part name={<Measure of="answer-probability">Would answer</Measure>} share={tie.answerProbability} />
      </dl>
      <div class="dormant-value">
        <strong class="number">{percent(tie.reconnectValue)}</strong>
        <span class="small muted">
          <Measure of="reconnect-value">worth reviving</Measure>
        </span>
      </div>
    </li>
  );
}

/** Whom reviving the tie would bring within reach; asked for when wanted, since it searches the whole network. */
function WhatIf({ person, other }: { readonly person: string; readonly other: string }) {
  const [asked, setAsked] = useState(false);
  const revival = useAnswer(asked ? '/v1/people/{id}/dormant-ties/{other}/what-if' : null, { path: { id: person, other }, query: { asOf: asOf.value, limit: 5 } });
  if (!asked)
    return (
      <button type="button" class="link-button small" onClick={() => setAsked(true)}>
        Who would come within reach?
      </button>
    );
  return (
    <Shown of={revival} lines={2}>
      {(answer) => (
        <div class="small what-if">
          <p>{answer.reason}</p>
          {answer.gained.length > 0 && (
            <ul class="plain">
              {answer.gained.map((one) => (
                <li key={one.person}>
                  <PersonName id={one.person} detail={false} /> <span class="muted">{one.organisation}</span> <span class="number">{percent(one.score)}</span>
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
    </Shown>
  );
}

function Part({ name, share, text }: { readonly name: preact.ComponentChildren; readonly share: number | null; readonly text?: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <Bar share={share} /> <span class="number">{text ?? percent(share)}</span>
      </dd>
    </div>
  );
}

/** Why a dormant tie is worth reviving, in a sentence, the strongest reasons first. */
export function reasonFor(tie: DormantTie): string {
  const reasons: string[] = [];
  if ((tie.balance ?? 0) >= 0.7) reasons.push('both of you gave alike');
  if ((tie.novelty ?? 0) >= 0.6) reasons.push('most of their contacts are new to you');
  if (tie.evidence.sent > 0 && tie.evidence.answered >= 0.6 * tie.evidence.sent) reasons.push(`they answered ${tie.evidence.answered} of your ${tie.evidence.sent} messages`);
  const silence = `Silent for ${daysInWords(tie.silenceDays)}`;
  return reasons.length === 0 ? `${silence}.` : `${silence}; ${reasons.join(', ')}.`;
}
