import { useState } from 'preact/hooks';
import { useAnswer } from '../../api/answers';
import { change } from '../../api/changes';
import { ApiProblem, type Schemas } from '../../api/client';
import { Shown } from '../../components/States';

const choices: readonly (readonly [string, string])[] = [
  ['', 'As it comes'],
  ['7', 'Every week'],
  ['14', 'Every two weeks'],
  ['30', 'Every month'],
  ['90', 'Every quarter'],
  ['180', 'Twice a year'],
  ['365', 'Every year'],
];

/** How often one person wants to be in touch with another, and whether the other is to be left out of what is proposed. */
export function KeepInTouch({ id, other, name }: { readonly id: string; readonly other: string; readonly name: string }) {
  const preference = useAnswer('/v1/people/{id}/ties/{other}/preferences', { path: { id, other } });
  return (
    <section class="card">
      <div class="card-head">
        <h2>Keep in touch</h2>
        <p>Only the person whose tie it is sees this. Overdue ties come up under what to do next.</p>
      </div>
      <Shown of={preference} lines={3} height={120}>
        {(known) => <Form key={JSON.stringify(known)} id={id} other={other} name={name} known={known} onChanged={preference.reload} />}
      </Shown>
    </section>
  );
}

function Form({ id, other, name, known, onChanged }: {
  readonly id: string;
  readonly other: string;
  readonly name: string;
  readonly known: Schemas['PreferenceAnswer'];
  readonly onChanged: () => void;
}) {
  const [problem, setProblem] = useState<string | null>(null);
  const days = known.cadenceDays === null ? '' : String(known.cadenceDays);
  const send = (changed: { readonly cadenceDays?: number | null; readonly hidden?: boolean }) => {
    const { cadenceDays, setting, tags, hidden } = { ...known, ...changed };
    setProblem(null);
    change('PUT', '/v1/people/{id}/ties/{other}/preferences', { id, other }, { cadenceDays, setting, tags, hidden }).then(onChanged, (failure: unknown) => {
      if (!(failure instanceof ApiProblem)) throw failure;
      setProblem(failure.message);
    });
  };
  return (
    <div class="stack tight">
      <label class="field">
        How often with {name}
        <select class="input" value={days} onChange={(event) => send({ cadenceDays: event.currentTarget.value === '' ? null : Number(event.currentTarget.value) })}>
          {choices.map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
          {!choices.some(([value]) => value === days) && <option value={days}>Every {days} days</option>}
        </select>
      </label>
      <label class="check">
        <input type="checkbox" checked={known.hidden} onChange={(event) => send({ hidden: event.currentTarget.checked })} /> Propose nothing about {name}
      </label>
      {problem && (
        <p class="bad small" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
