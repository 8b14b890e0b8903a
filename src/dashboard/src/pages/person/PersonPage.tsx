import { useEffect } from 'preact/hooks';
import { useAnswer } from '../../api/answers';
import type { Schemas } from '../../api/client';
import { learn } from '../../api/names';
import { Download } from '../../components/Download';
import { EvidenceButton } from '../../components/Evidence';
import { Fact } from '../../components/Figures';
import { Measure } from '../../components/Measure';
import { Empty, Problem, Shown } from '../../components/States';
import { count, percent } from '../../format/numbers';
import { date } from '../../format/times';
import { Link } from '../../routing/router';
import { asOf } from '../../time/asOf';
import { EgoNetwork } from './EgoNetwork';
import { FollowUps } from './FollowUps';
import { Habits } from './Habits';
import { Ledger } from './Ledger';
import { Nudges } from './Nudges';
import { Referrals } from './Referrals';
import { Structure } from './Structure';
import { TiesTable } from './TiesTable';
import { Venues } from './Venues';

const mostTies = 1000;

export default function PersonPage({ ids }: { readonly ids: Readonly<Record<string, string>> }) {
  const id = ids['id'] ?? '';
  const when = { asOf: asOf.value };
  const person = useAnswer('/v1/people/{id}', { path: { id }, query: when });
  const ties = useAnswer('/v1/people/{id}/ties', { path: { id }, query: { ...when, limit: mostTies } });
  const reciprocity = useAnswer('/v1/people/{id}/reciprocity', { path: { id }, query: when });
  const ego = useAnswer('/v1/people/{id}/ego', { path: { id }, query: { ...when, limit: 120 } });
  const structure = useAnswer('/v1/people/{id}/structure', { path: { id }, query: when });
  const name = person.data?.name ?? id;
  useEffect(() => {
    document.title = `${name} · NetworkGraph`;
    if (person.data) learn(person.data);
  }, [name, person.data]);
  if (person.problem)
    return (
      <div class="page">
        <h1>{id}</h1>
        <div class="card">
          <Problem problem={person.problem} retry={person.reload} />
        </div>
      </div>
    );
  return (
    <div class="page">
      <Head id={id} name={name} person={person.data} rows={ties.data?.items} all={{ person: person.data, reciprocity: reciprocity.data, ties: ties.data?.items }} />
      <Facts id={id} person={person.data} reciprocity={reciprocity.data} />
      <div class="columns wide-left">
        <section class="card">
          <div class="card-head">
            <h2>Their network</h2>
            <p>The stronger the tie, the closer; people who know each other stand side by side. Open someone by a click.</p>
          </div>
          <Shown of={ego} height={480} lines={10} isEmpty={(answer) => answer.neighbours.length === 0} empty={<NoTies />}>
            {(answer) => <EgoNetwork ego={answer} />}
          </Shown>
        </section>
        <Nudges id={id} />
      </div>
      <Habits id={id} />
      <section class="card">
        <div class="card-head">
          <h2>Ties</h2>
          <p>Everyone they ever had something to do with. Out | in: how much goes each way, on one scale. Open a tie for all of it.</p>
        </div>
        <Shown of={ties} height={400} lines={10} isEmpty={(page) => page.items.length === 0} empty={<NoTies />}>
          {(page) => <TiesTable person={id} ties={page.items} asOf={page.asOf} isPart={page.nextCursor !== null} />}
        </Shown>
      </section>
      <div class="columns">
        <section class="card">
          <div class="card-head">
            <h2>
              Who gives, who asks: the <Measure of="exchange-ledger">ledger</Measure>
            </h2>
          </div>
          <Shown of={reciprocity} height={420} lines={10}>
            {(answer) => <Ledger ledger={answer.ledger} person={id} />}
          </Shown>
        </section>
        <div class="stack">
          <section class="card">
            <div class="card-head">
              <h2>Place in the network</h2>
            </div>
            <Shown of={structure} height={252} lines={7}>
              {(answer) => <Structure structure={answer} />}
            </Shown>
          </section>
          <Referrals id={id} />
        </div>
      </div>
      <FollowUps id={id} />
      <Venues id={id} />
    </div>
  );
}

function NoTies() {
  return (
    <Empty title="No ties" icon="people">
      {asOf.value ? 'Up to this date they had nothing to do with anyone.' : 'They have had nothing to do with anyone yet.'}
    </Empty>
  );
}

function Head({ id, name, person, rows, all }: {
  readonly id: string;
  readonly name: string;
  readonly person: Schemas['PersonAnswer'] | undefined;
  readonly rows: readonly Schemas['Tie'][] | undefined;
  readonly all: unknown;
}) {
  return (
    <div class="page-head">
      <div>
        <p class="small">
          <Link to="/people">People</Link>
        </p>
        <h1>{name}</h1>
        <p class="person-about">
          {[person?.role, person?.organisation].filter(Boolean).join(', ') || id}
          {person && person.entity !== 'person' && (
            <span class="tag" title={person.entityReason ?? undefined}>
              {person.entity}
            </span>
          )}
          {person?.openToIntroductions === false && <span class="tag">does not broker introductions</span>}
          {person?.tags.map((tag) => (
            <Link key={tag} class="tag" to="/people" query={{ tag }}>
              {tag}
            </Link>
          ))}
        </p>
      </div>
      <div class="actions">
        <Link class="button" to="/introductions" query={{ from: id }}>
          Introduce them to…
        </Link>
        <Link class="button" to="/dormant-ties" query={{ person: id }}>
          Dormant ties
        </Link>
        <Download name={`ties-of-${id}`} rows={rows} all={all} />
      </div>
    </div>
  );
}

function Facts({ id, person, reciprocity }: { readonly id: string; readonly person: Schemas['PersonAnswer'] | undefined; readonly reciprocity: Schemas['EgoReciprocity'] | undefined }) {
  const interactions = person && <EvidenceButton of={{ person: id, title: `Interactions of ${person.name ?? id}` }}>{`last ${date(person.lastSeen)}`}</EvidenceButton>;
  return (
    <dl class="facts">
      <Fact measure="ego-reciprocity" label="Comes back" value={percent(reciprocity?.returned)} change="of what they put in" />
      <Fact measure="ego-reciprocity" label="Returned by them" value={percent(reciprocity?.given)} change="of what they get" />
      <Fact measure="balance" label="Balance" value={percent(reciprocity?.balance)} change="all ties together" />
      <Fact measure="tie" label="Mutual ties" value={count(reciprocity?.mutualTies)} change={reciprocity && `of ${count(reciprocity.ties)}`} />
      <Fact measure="interaction" label="Interactions out" value={count(person?.interactionsOut)} change={person && `${count(person.interactionsIn)} in`} />
      <Fact measure="person" label="First seen" value={<span class="date-value">{date(person?.firstSeen)}</span>} change={interactions} />
    </dl>
  );
}
