import { useEffect, useState } from 'preact/hooks';
import { useAnswer } from '../../api/answers';
import { change } from '../../api/changes';
import { ApiProblem, type Schemas } from '../../api/client';
import { Empty, Shown } from '../../components/States';
import { count, percent } from '../../format/numbers';
import { date } from '../../format/times';
import { Link, personPath } from '../../routing/router';

type Suggestion = Schemas['IdentitySuggestion'];
type Decision = 'merge' | 'distinct';

/** Pairs of ids that may be one person, side by side, with a key for each decision. */
export default function DuplicatesPage() {
  const suggestions = useAnswer('/v1/identity/suggestions', { query: { limit: 100 } });
  return (
    <div class="page">
      <div class="page-head">
        <div>
          <h1>One person or two?</h1>
          <p>Addresses that may belong to one person, the surest first. Merging joins their histories; it can be taken back at any time, and nothing is merged before you say so.</p>
        </div>
      </div>
      <Shown
        of={suggestions}
        lines={8}
        height={400}
        isEmpty={(page) => page.items.length === 0}
        empty={
          <div class="card">
            <Empty title="No duplicates in sight" icon="check">
              No two ids look like one person.
            </Empty>
          </div>
        }
      >
        {(page) => <Deck items={page.items} reload={suggestions.reload} />}
      </Shown>
    </div>
  );
}

interface Decided {
  readonly suggestion: Suggestion;
  readonly decision: Decision;
}

function Deck({ items, reload }: { readonly items: readonly Suggestion[]; readonly reload: () => void }) {
  const [at, setAt] = useState(0);
  const [last, setLast] = useState<Decided | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const suggestion = items[at];
  const run = (work: Promise<unknown>, then: () => void) => {
    setBusy(true);
    setProblem(null);
    work.then(
      () => {
        setBusy(false);
        then();
      },
      (failure: unknown) => {
        setBusy(false);
        if (!(failure instanceof ApiProblem)) throw failure;
        setProblem(failure.message);
      },
    );
  };
  const decide = (decision: Decision) => {
    if (!suggestion || busy) return;
    run(change('POST', '/v1/identity/suggestions/{suggestion}', { suggestion: suggestion.id }, undefined, { decision }), () => {
      setLast({ suggestion, decision });
      setAt(at + 1);
    });
  };
  const undo = (decided: Decided) =>
    run(change('DELETE', '/v1/people/{id}/aliases/{other}', { id: decided.suggestion.one, other: decided.suggestion.other }), () => {
      setLast(null);
      setAt(at - 1);
    });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const isTyping = event.target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
      if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === 'm') decide('merge');
      else if (event.key === 'd') decide('distinct');
      else if (event.key === 's') setAt((before) => Math.min(before + 1, items.length));
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  });
  return (
    <div class="stack">
      {last && (
        <div class="card note" role="status">
          <p>
            {last.suggestion.one} and {last.suggestion.other} are {last.decision === 'merge' ? 'one person now' : 'two people, and are not suggested again'}.{' '}
            {last.decision === 'merge' && (
              <button type="button" class="button small" disabled={busy} onClick={() => undo(last)}>
                Undo
              </button>
            )}
          </p>
        </div>
      )}
      {problem && (
        <p class="bad" role="alert">
          {problem}
        </p>
      )}
      {suggestion ? (
        <section class="card" aria-label="Are these one person?">
          <div class="card-head">
            <h2>{suggestion.probability === null ? 'Perhaps one person' : `One person with a chance of ${percent(suggestion.probability)}`}</h2>
            <p>{suggestion.evidence}</p>
          </div>
          <div class="columns even">
            <Side id={suggestion.one} />
            <Side id={suggestion.other} />
          </div>
          <div class="actions">
            <button type="button" class="button primary" disabled={busy} onClick={() => decide('merge')}>
              One person <kbd>m</kbd>
            </button>
            <button type="button" class="button" disabled={busy} onClick={() => decide('distinct')}>
              Two people <kbd>d</kbd>
            </button>
            <button type="button" class="button quiet" disabled={busy} onClick={() => setAt(at + 1)}>
              Later <kbd>s</kbd>
            </button>
            <span class="small muted">
              {at + 1} of {items.length}
            </span>
          </div>
        </section>
      ) : (
        <div class="card">
          <Empty title="That was all of them" icon="check">
            <button
              type="button"
              class="button"
              onClick={() => {
                setAt(0);
                setLast(null);
                reload();
              }}
            >
              Look again
            </button>
          </Empty>
        </div>
      )}
    </div>
  );
}

function Side({ id }: { readonly id: string }) {
  const person = useAnswer('/v1/people/{id}', { path: { id } });
  return (
    <Shown of={person} lines={5} height={247}>
      {(known) => (
        <div class="side">
          <h3>
            <Link to={personPath(id)}>{known.name ?? id}</Link>
          </h3>
          <p class="small muted breakable">{id}</p>
          <dl class="pairs">
            <Row name="Organisation" value={known.organisation ?? '–'} />
            <Row name="Role" value={known.role ?? '–'} />
            <Row name="Interactions" value={`${count(known.interactionsOut)} out, ${count(known.interactionsIn)} in`} />
            <Row name="First seen" value={date(known.firstSeen)} />
            <Row name="Last seen" value={date(known.lastSeen)} />
          </dl>
        </div>
      )}
    </Shown>
  );
}

function Row({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
