import { useState } from 'preact/hooks';
import { useAnswer } from '../../api/answers';
import type { Schemas } from '../../api/client';
import { nameOf, personOf } from '../../api/names';
import { Choice } from '../../components/Choice';
import { Download } from '../../components/Download';
import { Icon } from '../../components/Icon';
import { Measure } from '../../components/Measure';
import { PersonName } from '../../components/PersonName';
import { PersonPicker } from '../../components/PersonPicker';
import { Empty, Shown } from '../../components/States';
import { Suggestions } from '../../components/Suggestions';
import { percent, plain, plural } from '../../format/numbers';
import { date } from '../../format/times';
import { Link, personPath, setQuery, parameter } from '../../routing/router';
import { asOf } from '../../time/asOf';
import { PathDrawing } from './PathDrawing';

type Answer = Schemas['IntroductionsAnswer'];

const sets = ['organisation', 'role', 'tag'] as const;
type SetName = (typeof sets)[number];
const setTitles: Record<SetName, string> = { organisation: 'Anyone at an organisation', role: 'Anyone with a role', tag: 'Anyone with a tag' };

export default function IntroductionsPage() {
  const from = parameter('from');
  const to = parameter('to');
  const chosenSet = sets.find((name) => parameter(name) !== null);
  const target = chosenSet ? parameter(chosenSet) : null;
  const maxHops = Number(parameter('maxHops') ?? 4);
  const isAsked = from !== null && (to !== null || target !== null) && from !== to;
  const answer = useAnswer(isAsked ? '/v1/people/{id}/introductions' : null, {
    path: { id: from ?? '' },
    query: { asOf: asOf.value, k: 3, maxHops, ...(chosenSet ? { [chosenSet]: target ?? '' } : { to: to ?? '' }) },
  });
  return (
    <div class="page">
      <div class="page-head">
        <div>
          <h1>Introductions</h1>
          <p>Who can introduce you, along which people, and how likely it is to work. Each way begins with someone else, so you have alternatives.</p>
        </div>
        <div class="actions">
          <Download name="introductions" rows={answer.data?.paths} all={answer.data} />
        </div>
      </div>
      <Form from={from} to={to} set={chosenSet ?? null} target={target} maxHops={maxHops} />
      {from === null ? (
        <Suggestions title="Who wants to be introduced?" onPick={(id) => setQuery({ from: id })} />
      ) : from === to ? (
        <div class="card">
          <Empty title="That is the same person" icon="people">
            Choose two different people.
          </Empty>
        </div>
      ) : !isAsked ? (
        <div class="card">
          <Empty title="To whom?" icon="path">
            Name a person, or ask for anyone at an organisation, with a role or a tag.
          </Empty>
        </div>
      ) : (
        <Shown of={answer} lines={10} height={480}>
          {(found) => <Paths answer={found} from={from} />}
        </Shown>
      )}
    </div>
  );
}

function Form({ from, to, set, target, maxHops }: { readonly from: string | null; readonly to: string | null; readonly set: SetName | null; readonly target: string | null; readonly maxHops: number }) {
  const [way, setWay] = useState<'to' | SetName>(set ?? 'to');
  const [text, setText] = useState(target ?? '');
  const clear = { to: null, organisation: null, role: null, tag: null };
  return (
    <section class="card intro-form" aria-label="Ask for an introduction">
      <PersonPicker label="From" value={from} onPick={(id) => setQuery({ from: id }, false)} />
      <Choice<'to' | SetName> label="To" value={way} options={[['to', 'A person'], ...sets.map((name) => [name, setTitles[name]] as const)]} onChange={setWay} />
      {way === 'to' ? (
        <PersonPicker label="Person" value={to} onPick={(id) => setQuery({ ...clear, to: id }, false)} />
      ) : (
        <form
          class="field"
          onSubmit={(event) => {
            event.preventDefault();
            if (text.trim()) setQuery({ ...clear, [way]: text.trim() }, false);
          }}
        >
          <label for="intro-set">{way === 'organisation' ? 'Organisation' : way === 'role' ? 'Role' : 'Tag'}</label>
          <span class="with-button">
            <input id="intro-set" class="input" value={text} onInput={(event) => setText(event.currentTarget.value)} />
            <button type="submit" class="button primary" disabled={!text.trim()}>
              Find
            </button>
          </span>
        </form>
      )}
      <Choice label="At most" value={String(maxHops)} options={[2, 3, 4, 5, 6].map((hops) => [String(hops), plural(hops, 'hop')] as const)} onChange={(hops) => setQuery({ maxHops: hops === '4' ? null : hops })} />
    </section>
  );
}

function Paths({ answer, from }: { readonly answer: Answer; readonly from: string }) {
  const { alreadyConnected, paths, target } = answer;
  const best = paths[0]?.score ?? 0;
  return (
    <div class="stack">
      {alreadyConnected && (
        <div class="card note">
          <Icon name="check" />
          <p>
            <PersonName id={from} detail={false} /> knows <PersonName id={alreadyConnected.to} detail={false} /> already: the tie carries an introduction with a chance of{' '}
            {percent(alreadyConnected.probability)}, last in touch on {date(alreadyConnected.lastContact)}.{' '}
            <Link to={`${personPath(from)}/ties/${encodeURIComponent(alreadyConnected.to)}`}>Open the tie</Link>
          </p>
        </div>
      )}
      {target && <p class="muted">Among {plural(target.people, 'person', 'people')} who fit.</p>}
      {paths.length === 0 ? (
        <div class="card">
          <Empty title="No way leads there" icon="path">
            Mutual ties do not connect the two within the hops allowed. Allow more hops, or ask for anyone at the organisation.
          </Empty>
        </div>
      ) : (
        <>
          <ol class="plain stack">
            {paths.map((path, index) => (
              <li key={path.brokers.join()} class="card path">
                <div class="path-head">
                  <div>
                    <h2>
                      {index === 0 ? 'Ask ' : 'Or ask '}
                      {path.brokers[0] && nameOf(personOf(path.brokers[0]).value)}
                    </h2>
                    <p class="small">{path.reason}</p>
                  </div>
                  <div class="dormant-value">
                    <strong class="number">{percent(path.score)}</strong>
                    <span class="small muted">
                      <Measure of="path-score">chance it works</Measure>
                    </span>
                  </div>
                </div>
                <PathDrawing path={path} />
              </li>
            ))}
          </ol>
          <section class="card">
            <div class="card-head">
              <h2>Hop by hop</h2>
              <p>
                What each step rests on: the mutual strength of the tie and the <Measure of="hop-probability">chance</Measure> that it carries an introduction. The best way counts {percent(best)}.
              </p>
            </div>
            <HopTable answer={answer} />
          </section>
        </>
      )}
    </div>
  );
}

function HopTable({ answer }: { readonly answer: Answer }) {
  return (
    <div class="table-frame" tabIndex={0} role="region" aria-label="Hops">
      <table class="table">
        <thead>
          <tr>
            <th scope="col">Way</th>
            <th scope="col">From</th>
            <th scope="col">To</th>
            <th scope="col" class="end">
              <Measure of="hop-probability">Chance</Measure>
            </th>
            <th scope="col" class="end">
              <Measure of="tie-strength">Strength</Measure>
            </th>
            <th scope="col" class="end">
              Last in touch
            </th>
          </tr>
        </thead>
        <tbody>
          {answer.paths.flatMap((path, way) =>
            path.hops.map((hop) => (
              <tr key={`${way}-${hop.from}`}>
                <td class="number">{way + 1}</td>
                <td>
                  <PersonName id={hop.from} detail={false} />
                </td>
                <td>
                  <PersonName id={hop.to} detail={false} />
                </td>
                <td class="end">{percent(hop.probability)}</td>
                <td class="end">
                  <Link to={`${personPath(hop.from)}/ties/${encodeURIComponent(hop.to)}`}>{plain(hop.strength)}</Link>
                </td>
                <td class="end">{date(hop.lastContact)}</td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </div>
  );
}
