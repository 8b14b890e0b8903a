import { useAnswer } from '../../api/answers';
import type { Schemas } from '../../api/client';
import { Download } from '../../components/Download';
import { Fact } from '../../components/Figures';
import { Icon, type IconName } from '../../components/Icon';
import { Measure } from '../../components/Measure';
import { Empty, Problem, Shown } from '../../components/States';
import { compact, count, decimal, percent, plural, points, signed } from '../../format/numbers';
import { date } from '../../format/times';
import { Link, personPath } from '../../routing/router';
import { asOf, daysEarlier } from '../../time/asOf';
import { useTimeline } from '../../time/activity';
import { groupChanges } from './changes';
import { Brokers, Communities } from './Circles';
import { Doors } from './Doors';
import { ReciprocityHistory } from './ReciprocityHistory';
import { ReciprocitySpread } from './ReciprocitySpread';
import { type FollowUpsAtVenues, followUpsAt } from './followUps';
import { Attention } from './Attention';
import { StatusHistory } from './StatusHistory';
import { StatusList } from './StatusList';
import { WhatChanged } from './WhatChanged';

const changeDays = 30;

export default function OverviewPage() {
  const network = useAnswer('/v1/network', { query: { asOf: asOf.value } });
  const before = useAnswer('/v1/network', { query: { asOf: daysEarlier(changeDays) } });
  const reciprocity = useAnswer('/v1/network/reciprocity', { query: { asOf: asOf.value } });
  const reciprocityBefore = useAnswer('/v1/network/reciprocity', { query: { asOf: daysEarlier(changeDays) } });
  const spread = useAnswer('/v1/network/reciprocity/distribution', { query: { asOf: asOf.value } });
  const changes = useAnswer('/v1/network/changes', { query: { asOf: asOf.value, since: daysEarlier(changeDays) } });
  const warnings = useAnswer('/v1/network/warnings');
  const timeline = useTimeline();
  const communities = useAnswer('/v1/network/communities', { query: { asOf: asOf.value, limit: 6 } });
  const brokers = useAnswer('/v1/network/brokers', { query: { asOf: asOf.value, limit: 6 } });
  const venues = useAnswer('/v1/venues', { query: { asOf: asOf.value, limit: 1000 } });
  const now = network.data;
  return (
    <div class="page">
      <div class="page-head">
        <div>
          <h1>How the network is doing</h1>
          <p class="summary">{now && now.interactions > 0 && reciprocity.data ? <Summary network={now} reciprocity={reciprocity.data} /> : 'Who is really in touch, how mutual it is, and what is going cold.'}</p>
        </div>
        <div class="actions">
          <Download
            name="overview"
            rows={now && reciprocity.data && [{ ...now, reciprocity: reciprocity.data }]}
            all={{ network: now, reciprocity: reciprocity.data, distribution: spread.data, changes: changes.data, warnings: warnings.data }}
          />
        </div>
      </div>
      {network.problem ? (
        <div class="card">
          <Problem problem={network.problem} retry={network.reload} />
        </div>
      ) : now?.interactions === 0 ? (
        <Nothing />
      ) : (
        <>
          <Facts now={now} before={before.data} reciprocity={reciprocity.data} reciprocityBefore={reciprocityBefore.data} communities={communities.data} followUps={venues.data && followUpsAt(venues.data.items)} />
          <section class="card">
            <div class="card-head">
              <h2>
                Relationships by <Measure of="status">status</Measure>
              </h2>
              <p>Every pair of people with a tie, from warm to cold. The change is against {changeDays} days before.</p>
            </div>
            <div class="columns wide-left tight">
              <Shown of={timeline} lines={8} height={280}>
                {(answer) => <StatusHistory timeline={answer} height={280} />}
              </Shown>
              <Shown of={network} lines={8} height={272}>
                {(answer) => <StatusList statuses={answer.statuses} before={before.data?.statuses} />}
              </Shown>
            </div>
          </section>
          <div class="columns">
            <WhatChanged of={changes} />
            <NextSteps network={now} changes={changes.data} />
          </div>
          <div class="columns">
            <section class="card">
              <div class="card-head">
                <h2>
                  <Measure of="network-reciprocity">Reciprocity</Measure> over time
                </h2>
              </div>
              <Shown of={timeline} lines={6} height={292}>
                {(answer) => <ReciprocityHistory timeline={answer} height={224} />}
              </Shown>
              {reciprocity.data && <Chance reciprocity={reciprocity.data} />}
            </section>
            <section class="card">
              <div class="card-head">
                <h2>
                  How <Measure of="reciprocity-distribution">reciprocity</Measure> is spread
                </h2>
              </div>
              <Shown of={spread} lines={6} height={330}>
                {(answer) => <ReciprocitySpread distribution={answer} height={230} />}
              </Shown>
            </section>
          </div>
          <Attention network={network} venues={venues} warnings={warnings} />
          <div class="columns">
            <Communities of={communities} />
            <Brokers of={brokers} />
          </div>
        </>
      )}
    </div>
  );
}

function Summary({ network, reciprocity }: { readonly network: Schemas['NetworkAnswer']; readonly reciprocity: Schemas['NetworkReciprocityAnswer'] }) {
  const active = network.statuses['active'] ?? 0;
  const dormant = network.statuses['dormant'] ?? 0;
  return (
    <>
      On {date(network.asOf)}, {plural(network.people, 'person', 'people')} shared {plural(network.dyads, 'relationship')}; {count(active)} of them (
      {percent(network.dyads ? active / network.dyads : null)}) active. {percent(reciprocity.r)} of ties are answered.{' '}
      {dormant === 1 ? 'One strong tie has' : `${count(dormant)} strong ties have`} gone silent and could be revived.
    </>
  );
}

function Facts({ now, before, reciprocity, reciprocityBefore, communities, followUps }: {
  readonly now: Schemas['NetworkAnswer'] | undefined;
  readonly before: Schemas['NetworkAnswer'] | undefined;
  readonly reciprocity: Schemas['NetworkReciprocityAnswer'] | undefined;
  readonly reciprocityBefore: Schemas['NetworkReciprocityAnswer'] | undefined;
  readonly communities: Schemas['CommunitiesAnswer'] | undefined;
  readonly followUps: FollowUpsAtVenues | undefined;
}) {
  const change = (read: (network: Schemas['NetworkAnswer']) => number) => (now && before ? `${signed(read(now) - read(before))} in ${changeDays} days` : undefined);
  const active = (network: Schemas['NetworkAnswer']) => network.statuses['active'] ?? 0;
  const shift = (read: (answer: Schemas['NetworkReciprocityAnswer']) => number | null) => {
    const [a, b] = [reciprocity && read(reciprocity), reciprocityBefore && read(reciprocityBefore)];
    return a !== null && a !== undefined && b !== null && b !== undefined ? `${points(a - b)} in ${changeDays} days` : undefined;
  };
  return (
    <dl class="facts">
      <Fact measure="person" label="People" value={compact(now?.people)} change={change((n) => n.people)} />
      <Fact measure="interaction" label="Interactions" value={compact(now?.interactions)} change={change((n) => n.interactions)} />
      <Fact measure="dyad" label="Relationships" value={compact(now?.dyads)} change={change((n) => n.dyads)} />
      <Fact measure="status" label="Active" value={compact(now && active(now))} change={change(active)} />
      <Fact measure="network-reciprocity" label="Reciprocity r" value={percent(reciprocity?.r)} change={shift((answer) => answer.r)} />
      <Fact measure="follow-up-rate" label="Followed up in 48 h" value={percent(followUps?.share)} change={followUps && `of ${compact(followUps.of)} who met at venues`} />
      <Fact measure="weighted-reciprocity" label="Strength returned" value={percent(reciprocity?.weighted)} change={shift((answer) => answer.weighted)} />
      <Fact measure="community" label="Communities" value={count(communities && communities.communities - communities.small.communities)} change={communities && `modularity ${decimal(communities.modularity)}`} />
    </dl>
  );
}

/** What chance alone would give, beside what there is. */
function Chance({ reciprocity }: { readonly reciprocity: Schemas['NetworkReciprocityAnswer'] }) {
  if (reciprocity.r === null || reciprocity.rho === null) return null;
  return (
    <p class="small muted spaced">
      {percent(reciprocity.r)} of ties are answered; by chance it would be {percent(reciprocity.evidence.density)}. Corrected for chance, <Measure of="network-reciprocity">ρ</Measure> = {decimal(reciprocity.rho)}: 0 is chance, 1 is all answered.
    </p>
  );
}

function NextSteps({ network, changes }: { readonly network: Schemas['NetworkAnswer'] | undefined; readonly changes: Schemas['NetworkChangesAnswer'] | undefined }) {
  const dormant = network?.statuses['dormant'];
  const cooling = changes && groupChanges(changes.changes).find((group) => group.name === 'cooled');
  const pair = cooling?.strongest[0];
  return (
    <section class="card">
      <div class="card-head">
        <h2>What you could do next</h2>
      </div>
      <ul class="plain steps">
        <Step to={pair ? `${personPath(pair.first)}/brief/${encodeURIComponent(pair.second)}` : '/people'} title="Keep a good tie from cooling" icon="live">
          {pair
            ? `${plural(cooling.dyads, 'relationship')} began to cool this month; the strongest is that of ${pair.firstName ?? pair.first} and ${pair.secondName ?? pair.second}.`
            : 'A person’s page says with whom they have been silent for longer than usual.'}
        </Step>
        <Step to="/dormant-ties" title="Revive a dormant tie" icon="dormant">
          {dormant ? `${count(dormant)} mutual ties have been silent for over a year. See which are worth a message, and why.` : 'Old ties bring news like strangers and trust like friends.'}
        </Step>
        <Step to="/introductions" title="Find who can introduce you" icon="path">
          To a person, or to anyone at a company: the path most likely to work, and whom to ask first.
        </Step>
        <Step to="/huddles" title="Bring a group together" icon="huddle">
          People who serve the same clients, offer different things and are likely to help each other.
        </Step>
        <Step to="/people" title="Look someone up" icon="people">
          What to do next for them: follow-ups due, replies owed, ties that go cold.
        </Step>
      </ul>
    </section>
  );
}

function Step({ to, title, icon, children }: { readonly to: string; readonly title: string; readonly icon: IconName; readonly children: string }) {
  return (
    <li>
      <Link to={to} class="step">
        <span class="step-icon">
          <Icon name={icon} size={20} />
        </span>
        <span>
          <strong>{title}</strong>
          <span class="small muted">{children}</span>
        </span>
        <Icon name="arrow" />
      </Link>
    </li>
  );
}

function Nothing() {
  if (!asOf.value) return <Doors />;
  return (
    <div class="card">
      <Empty title="Nothing had happened yet" icon="overview">
        Move the date below to the right.
      </Empty>
    </div>
  );
}
