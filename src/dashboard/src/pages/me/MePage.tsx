import { useAnswer } from '../../api/answers';
import type { Schemas } from '../../api/client';
import { me } from '../../api/me';
import { nameOf, personOf } from '../../api/names';
import { PersonName } from '../../components/PersonName';
import { PersonPicker } from '../../components/PersonPicker';
import { Empty, Shown } from '../../components/States';
import { StatusBadge } from '../../components/Status';
import { Suggestions } from '../../components/Suggestions';
import { percent, plural } from '../../format/numbers';
import { date, daysInWords } from '../../format/times';
import { Link, personPath } from '../../routing/router';
import { asOf } from '../../time/asOf';
import { Nudges } from '../person/Nudges';

/** The page to open in the morning: what one person could do today, and how their ties are. */
export default function MePage() {
  const id = me.value;
  return id === null ? <WhoAreYou /> : <MyDay id={id} />;
}

function WhoAreYou() {
  return (
    <div class="page">
      <div class="page-head">
        <div>
          <h1>Who are you?</h1>
          <p>Choose yourself once, and this page says each day whom to answer, whom to thank and which ties are going cold. The choice stays in this browser.</p>
        </div>
      </div>
      <section class="card narrow">
        <PersonPicker label="I am" onPick={(id) => (me.value = id)} />
      </section>
      <Suggestions title="Or try it as one of these" onPick={(id) => (me.value = id)} />
    </div>
  );
}

function MyDay({ id }: { readonly id: string }) {
  const name = nameOf(personOf(id).value);
  return (
    <div class="page">
      <div class="page-head">
        <div>
          <h1>My day</h1>
          <p>
            You are <Link to={personPath(id)}>{name}</Link>.{' '}
            <button type="button" class="link-button" onClick={() => (me.value = null)}>
              Someone else?
            </button>
          </p>
        </div>
        <div class="actions">
          <Link class="button" to="/introductions" query={{ from: id }}>
            Be introduced to…
          </Link>
          <Link class="button" to="/dormant-ties" query={{ person: id }}>
            My dormant ties
          </Link>
        </div>
      </div>
      <div class="columns">
        <Nudges id={id} limit={10} />
        <div class="stack">
          <GoingCold id={id} />
          <ToRevive id={id} />
          <HowTiesBegan id={id} />
        </div>
      </div>
    </div>
  );
}

/** Ties that are cooling, the strongest first. */
function GoingCold({ id }: { readonly id: string }) {
  const ties = useAnswer('/v1/people/{id}/ties', { path: { id }, query: { asOf: asOf.value, status: 'cooling', limit: 5 } });
  return (
    <section class="card">
      <div class="card-head">
        <h2>Going cold</h2>
        <p>Longer silent than is usual between you.</p>
      </div>
      <Shown
        of={ties}
        lines={5}
        height={180}
        isEmpty={(page) => page.items.length === 0}
        empty={
          <Empty title="None" icon="check">
            No tie is quieter than it usually is.
          </Empty>
        }
      >
        {(page) => (
          <ul class="plain lines">
            {page.items.map((tie) => (
              <li key={tie.person} class="line">
                <PersonName id={tie.person} />
                <span class="small">
                  silent for {daysInWords(tie.silenceDays)}
                  {tie.rhythmDays === null ? '' : `, usually ${daysInWords(tie.rhythmDays)}`}
                </span>
                <StatusBadge status={tie.status} />
              </li>
            ))}
          </ul>
        )}
      </Shown>
    </section>
  );
}

function ToRevive({ id }: { readonly id: string }) {
  const ties = useAnswer('/v1/people/{id}/dormant-ties', { path: { id }, query: { asOf: asOf.value, limit: 3 } });
  return (
    <section class="card">
      <div class="card-head">
        <h2>Worth reviving</h2>
        <p>Ties that were strong and mutual, and went silent.</p>
      </div>
      <Shown
        of={ties}
        lines={3}
        height={120}
        isEmpty={(page) => page.items.length === 0}
        empty={
          <Empty title="None" icon="dormant">
            Nothing that was strong and mutual has gone silent.
          </Empty>
        }
      >
        {(page) => (
          <ul class="plain lines">
            {page.items.map((tie) => (
              <li key={tie.person} class="line">
                <PersonName id={tie.person} />
                <span class="small">silent for {daysInWords(tie.silenceDays)}</span>
                <span class="small number">{percent(tie.answerProbability)} would answer</span>
              </li>
            ))}
          </ul>
        )}
      </Shown>
    </section>
  );
}

const beginnings: Readonly<Record<string, string>> = { introducedBy: 'through an introduction', venue: 'at a venue', self: 'by yourself or themselves' };

/** How the ties of this person began: who brought them whom. */
function HowTiesBegan({ id }: { readonly id: string }) {
  const ties = useAnswer('/v1/people/{id}/ties', { path: { id }, query: { asOf: asOf.value, limit: 1000 } });
  return (
    <section class="card">
      <div class="card-head">
        <h2>How your ties began</h2>
      </div>
      <Shown
        of={ties}
        lines={4}
        height={140}
        isEmpty={(page) => !page.items.some(isKnown)}
        empty={
          <Empty title="Not known" icon="path">
            No tie of yours has a beginning that the log can tell.
          </Empty>
        }
      >
        {(page) => <Beginnings ties={page.items.filter(isKnown)} />}
      </Shown>
    </section>
  );
}

const isKnown = (tie: Schemas['Tie']): boolean => tie.began !== null && tie.began.how in beginnings;

function Beginnings({ ties }: { readonly ties: readonly Schemas['Tie'][] }) {
  const introduced = ties.filter((tie) => tie.began?.how === 'introducedBy').slice(0, 5);
  return (
    <>
      <dl class="pairs">
        {Object.entries(beginnings).map(([how, words]) => {
          const of = ties.filter((tie) => tie.began?.how === how).length;
          return (
            <div key={how}>
              <dt class="first-capital">{words}</dt>
              <dd>
                {plural(of, 'tie')} ({percent(of / ties.length)})
              </dd>
            </div>
          );
        })}
      </dl>
      {introduced.length > 0 && (
        <ul class="plain lines">
          {introduced.map((tie) => (
            <li key={tie.person} class="line">
              <PersonName id={tie.began?.person ?? ''} detail={false} />
              <span class="small">
                brought you <PersonName id={tie.person} detail={false} /> on {date(tie.began?.at)}
              </span>
              <StatusBadge status={tie.status} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
