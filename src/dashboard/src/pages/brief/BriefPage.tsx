import { useEffect } from 'preact/hooks';
import { useAnswer } from '../../api/answers';
import type { Schemas } from '../../api/client';
import { learn, nameOf, personOf } from '../../api/names';
import { Download } from '../../components/Download';
import { EvidenceButton } from '../../components/Evidence';
import { Fact } from '../../components/Figures';
import { Measure } from '../../components/Measure';
import { PersonName } from '../../components/PersonName';
import { Problem, Shown } from '../../components/States';
import { StatusBadge } from '../../components/Status';
import { count, percent, plain } from '../../format/numbers';
import { date, daysInWords, hoursInWords } from '../../format/times';
import { Link, personPath } from '../../routing/router';
import { asOf } from '../../time/asOf';
import { PathDrawing } from '../introductions/PathDrawing';

type Brief = Schemas['Brief'];

const waits: Readonly<Record<string, string>> = { me: 'waits for you', other: 'waits for them', both: 'waits for both' };

export default function BriefPage({ ids }: { readonly ids: Readonly<Record<string, string>> }) {
  const { id = '', other = '' } = ids;
  const brief = useAnswer('/v1/people/{id}/brief/{other}', { path: { id, other }, query: { asOf: asOf.value } });
  const [mine, theirs] = [nameOf(personOf(id).value), nameOf(personOf(other).value)];
  useEffect(() => {
    document.title = `Brief: ${theirs} · NetworkGraph`;
    if (brief.data) learn(brief.data.other);
  }, [theirs, brief.data]);
  return (
    <div class="page">
      <div class="page-head">
        <div>
          <p class="small">
            <Link to="/people">People</Link> › <Link to={personPath(id)}>{mine}</Link> › Brief
          </p>
          <h1>Before you meet {theirs}</h1>
          <p>{brief.data?.summary ?? ' '}</p>
        </div>
        <div class="actions">
          <Link class="button" to={personPath(other)}>
            Their page
          </Link>
          <Link class="button" to={`${personPath(id)}/ties/${encodeURIComponent(other)}`}>
            The tie
          </Link>
          <Download name={`brief-${id}-${other}`} rows={brief.data && [brief.data]} all={brief.data} />
        </div>
      </div>
      {brief.problem ? (
        <div class="card">
          <Problem problem={brief.problem} retry={brief.reload} />
        </div>
      ) : (
        <Shown of={brief} lines={12} height={520}>
          {(answer) => <Detail id={id} brief={answer} />}
        </Shown>
      )}
    </div>
  );
}

function Detail({ id, brief }: { readonly id: string; readonly brief: Brief }) {
  const { tie, inCommon } = brief;
  const shared = [inCommon.organisation, inCommon.industry, ...inCommon.audience, ...inCommon.tags].filter((one) => one !== null);
  return (
    <div class="stack">
      {tie ? (
        <dl class="facts">
          <Fact measure="status" label="Status" value={<span class="date-value"><StatusBadge status={tie.status} /></span>} change={tie.relationship} />
          <Fact measure="balance" label="Balance" value={percent(tie.balance)} change={`${plain(tie.strengthOut)} out, ${plain(tie.strengthIn)} in`} />
          <Fact measure="exchange-ledger" label="You gave | asked" value={`${count(tie.gives.out)} | ${count(tie.asks.out)}`} change={`they ${count(tie.gives.in)} | ${count(tie.asks.in)}`} />
          <Fact measure="silence" label="Silence" value={<span class="date-value">{daysInWords(tie.silenceDays)}</span>} change={tie.lastContact === null ? 'no contact yet' : `since ${date(tie.lastContact)}`} />
          <Fact measure="reply-time" label="They answer in" value={<span class="date-value">{hoursInWords(tie.replyHoursIn)}</span>} change={`you in ${hoursInWords(tie.replyHoursOut)}`} />
          <Fact measure="interaction" label="Interactions" value={count(tie.interactionsOut + tie.interactionsIn)} change={<EvidenceButton of={{ person: id, with: brief.other.id, title: `With ${brief.other.name ?? brief.other.id}` }}>show them</EvidenceButton>} />
        </dl>
      ) : (
        <p class="card">Nothing has happened between the two of you so far.</p>
      )}
      <div class="columns">
        <section class="card">
          <div class="card-head">
            <h2>What to do</h2>
          </div>
          {brief.counsel.length === 0 ? <p class="muted">Nothing in particular.</p> : <ul class="counsel">{brief.counsel.map((line) => <li key={line}>{line}</li>)}</ul>}
        </section>
        <section class="card">
          <div class="card-head">
            <h2>Open loops</h2>
          </div>
          {brief.openLoops.length === 0 ? (
            <p class="muted">Nothing is owed either way.</p>
          ) : (
            <ul class="plain rows">
              {brief.openLoops.map((loop) => (
                <li key={loop.reason}>
                  <span>
                    {loop.reason}
                    <span class="small muted">
                      {waits[loop.waitsFor] ?? loop.waitsFor}, since {date(loop.since)}
                    </span>
                  </span>
                </li>
              ))}
            </ul>
          )}
        </section>
        {brief.topics.length > 0 && (
          <section class="card">
            <div class="card-head">
              <h2>Last of each kind</h2>
            </div>
            <ul class="plain rows">
              {brief.topics.map((topic) => (
                <li key={topic.kind}>
                  <span>
                    <strong>{topic.kind}</strong>
                    <span class="small muted">{topic.exchange === 'none' ? `${count(topic.count)} in all` : `${topic.exchange}; ${count(topic.count)} in all`}</span>
                  </span>
                  <span class="small end">
                    {date(topic.lastAt)}
                    <span class="muted block">by {topic.by === 'me' ? 'you' : topic.by === 'other' ? 'them' : 'both'}</span>
                  </span>
                </li>
              ))}
            </ul>
          </section>
        )}
        <section class="card">
          <div class="card-head">
            <h2>In common</h2>
          </div>
          {shared.length > 0 && (
            <p class="tags">
              {shared.map((one) => (
                <span key={one} class="tag">
                  {one}
                </span>
              ))}
            </p>
          )}
          {brief.mutualContacts.length === 0 ? (
            <p class="muted spaced">No contacts in common.</p>
          ) : (
            <ul class="plain rows">
              {brief.mutualContacts.map((contact) => (
                <li key={contact.person}>
                  <PersonName id={contact.person} />
                  <span class="small number end">
                    {percent(contact.likelihood)} <Measure of="path-score">likely to introduce</Measure>
                  </span>
                </li>
              ))}
            </ul>
          )}
          {brief.mutualContactCount > brief.mutualContacts.length && <p class="small muted">and {count(brief.mutualContactCount - brief.mutualContacts.length)} more</p>}
        </section>
      </div>
      {brief.introduction && (
        <section class="card">
          <div class="card-head">
            <h2>The best way to be introduced</h2>
            <p>{brief.introduction.reason}</p>
          </div>
          <PathDrawing path={brief.introduction} />
        </section>
      )}
    </div>
  );
}
