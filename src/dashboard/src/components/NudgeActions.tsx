import { useState } from 'preact/hooks';
import { change } from '../api/changes';
import { ApiProblem, type Schemas } from '../api/client';

type Nudge = Schemas['Nudge'];
type Change = Omit<Schemas['NudgeChangeRequest'], 'until' | 'scope' | 'interaction'> & { readonly until?: string; readonly scope?: string; readonly interaction?: object };

const dayMs = 86_400_000;

/** What can be done about a nudge: each is a record that can be taken back at once, here or later. */
export function NudgeActions({ person, nudge, onChanged }: { readonly person: string; readonly nudge: Nudge; readonly onChanged: () => void }) {
  const [done, setDone] = useState<{ readonly text: string; readonly scope?: string } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const id = nudge.id;
  if (id === null) return null;
  const send = (body: Change, text: string | null) => {
    setBusy(true);
    setProblem(null);
    change('PUT', '/v1/people/{id}/nudges/{nudge}', { id: person, nudge: id }, body).then(
      () => {
        setBusy(false);
        setDone(text === null ? null : { text, ...(body.scope ? { scope: body.scope } : {}) });
        if (text === null) onChanged();
      },
      (failure: unknown) => {
        setBusy(false);
        if (!(failure instanceof ApiProblem)) throw failure;
        setProblem(failure.message);
      },
    );
  };
  if (done)
    return (
      <p class="nudge-actions small" role="status">
        <span>{done.text}</span>
        <button type="button" class="button small" disabled={busy} onClick={() => send({ state: 'open', ...(done.scope ? { scope: done.scope } : {}) }, null)}>
          Undo
        </button>
        <button type="button" class="button small quiet" onClick={onChanged}>
          Next
        </button>
      </p>
    );
  const until = (days: number) => new Date(Date.now() + days * dayMs).toISOString();
  const about = `${nudge.action.replaceAll('-', ' ')} ${nudge.name ?? nudge.person}`;
  return (
    <div class="nudge-actions" role="group" aria-label={`What to do about: ${about}`}>
      <button type="button" class="button small" disabled={busy} onClick={() => send({ state: 'done' }, 'Done.')}>
        Done
      </button>
      <button
        type="button"
        class="button small"
        disabled={busy}
        title="Records a message from you to them now, and closes what it answers"
        onClick={() => send({ state: 'done', interaction: { kind: 'message' } }, 'Your message to them is recorded.')}
      >
        I wrote
      </button>
      <label class="visually-hidden" for={`later-${id}`}>
        Later
      </label>
      <select
        id={`later-${id}`}
        class="input small"
        disabled={busy}
        value=""
        onChange={(event) => {
          const [what, how] = event.currentTarget.value.split(' ');
          if (what === 'snooze') send({ state: 'snoozed', until: until(Number(how)) }, how === '7' ? 'It comes back in a week.' : 'It comes back in a month.');
          else if (what === 'dismiss' && how) send({ state: 'dismissed', scope: how }, how === 'nudge' ? 'It stays away until its reason changes.' : how === 'person' ? 'Nothing about this person any more.' : 'Nothing of this kind any more.');
        }}
      >
        <option value="">Later or never…</option>
        <option value="snooze 7">In a week</option>
        <option value="snooze 30">In a month</option>
        <option value="dismiss nudge">Not this one</option>
        <option value="dismiss person">Nothing about this person</option>
        <option value="dismiss rule">Nothing of this kind</option>
      </select>
      {problem && (
        <span class="bad small" role="alert">
          {problem}
        </span>
      )}
    </div>
  );
}
