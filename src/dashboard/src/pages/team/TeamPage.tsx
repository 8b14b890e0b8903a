import { useState } from 'preact/hooks';
import { useAnswer } from '../../api/answers';
import type { Schemas } from '../../api/client';
import { nameOf, personOf } from '../../api/names';
import { Download } from '../../components/Download';
import { Measure } from '../../components/Measure';
import { PersonName } from '../../components/PersonName';
import { Empty, Shown } from '../../components/States';
import { percent, plural } from '../../format/numbers';
import { date } from '../../format/times';
import { Link, parameter, personPath, setQuery } from '../../routing/router';
import { asOf } from '../../time/asOf';
import { PathDrawing } from '../introductions/PathDrawing';

type Answer = Schemas['TeamIntroductionsAnswer'];

/** Who of a team can open the door of another organisation. */
export default function TeamPage() {
  const from = parameter('from');
  const to = parameter('to');
  const answer = useAnswer(from && to ? '/v1/introductions' : null, { query: { fromOrganisation: from ?? '', organisation: to ?? '', k: 5, asOf: asOf.value } });
  return (
    <div class="page">
      <div class="page-head">
        <div>
          <h1>Who can get us in?</h1>
          <p>Which of your colleagues knows someone there, how warmly, and whom to ask first where nobody does.</p>
        </div>
        <div class="actions">
          <Download name={`introductions-to-${to ?? 'nobody'}`} rows={answer.data?.paths} all={answer.data} />
        </div>
      </div>
      <Form from={from} to={to} />
      {from && to ? (
        <Shown of={answer} lines={10} height={400}>
          {(found) => <Found answer={found} from={from} to={to} />}
        </Shown>
      ) : (
        <div class="card">
          <Empty title="Name both organisations" icon="path">
            Yours, and the one you want to reach, as they stand in the profiles of people.
          </Empty>
        </div>
      )}
    </div>
  );
}

function Form({ from, to }: { readonly from: string | null; readonly to: string | null }) {
  const [ours, setOurs] = useState(from ?? '');
  const [theirs, setTheirs] = useState(to ?? '');
  return (
    <form
      class="card intro-form"
      aria-label="Ask for a way into an organisation"
      onSubmit={(event) => {
        event.preventDefault();
        setQuery({ from: ours.trim(), to: theirs.trim() }, false);
      }}
    >
      <label class="field">
        Our organisation
        <input class="input" value={ours} onInput={(event) => setOurs(event.currentTarget.value)} />
      </label>
      <label class="field">
        The organisation to reach
        <span class="with-button">
          <input class="input" value={theirs} onInput={(event) => setTheirs(event.currentTarget.value)} />
          <button type="submit" class="button primary" disabled={!ours.trim() || !theirs.trim()}>
            Find
          </button>
        </span>
      </label>
    </form>
  );
}

function Found({ answer, from, to }: { readonly answer: Answer; readonly from: string; readonly to: string }) {
  if (answer.source.people === 0 || answer.target?.people === 0)
    return (
      <div class="card">
        <Empty title={`Nobody's profile names ${answer.source.people === 0 ? from : to}`} icon="people">
          Write it as it stands in the profiles: <Link to="/people">People</Link> can be searched by organisation.
        </Empty>
      </div>
    );
  return (
    <div class="stack">
      <section class="card">
        <div class="card-head">
          <h2>Who of us knows someone there</h2>
          <p>
            {plural(answer.source.people, 'colleague')} of {from}; {plural(answer.target?.people ?? 0, 'person', 'people')} at {to}. The warmest first.
          </p>
        </div>
        {answer.alreadyConnected.length === 0 ? (
          <Empty title="None of us does yet" icon="people">
            The ways below lead through others.
          </Empty>
        ) : (
          <Known hops={answer.alreadyConnected} />
        )}
      </section>
      {answer.paths.map((path) => (
        <section key={path.hops.map((hop) => hop.to).join()} class="card path">
          <div class="path-head">
            <div>
              <h2>Ask {path.brokers[0] && nameOf(personOf(path.brokers[0]).value)}</h2>
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
        </section>
      ))}
      {answer.paths.length === 0 && answer.alreadyConnected.length === 0 && (
        <div class="card">
          <Empty title="No way leads there" icon="path">
            Mutual ties do not connect the two organisations within the hops allowed.
          </Empty>
        </div>
      )}
    </div>
  );
}

function Known({ hops }: { readonly hops: Answer['alreadyConnected'] }) {
  return (
    <ul class="plain lines">
      {hops.map((hop) => (
        <li key={`${hop.from} ${hop.to}`} class="line">
          <span>
            <PersonName id={hop.from} detail={false} /> knows <PersonName id={hop.to} detail={false} />
          </span>
          <span class="small muted">last in touch {date(hop.lastContact)}</span>
          <span class="number">
            {percent(hop.probability)} <Link to={`${personPath(hop.from)}/ties/${encodeURIComponent(hop.to)}`}>open</Link>
          </span>
        </li>
      ))}
    </ul>
  );
}
