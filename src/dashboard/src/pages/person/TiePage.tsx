import { useEffect } from 'preact/hooks';
import { useAnswer } from '../../api/answers';
import type { Schemas } from '../../api/client';
import { nameOf, personOf } from '../../api/names';
import { Download } from '../../components/Download';
import { EvidenceButton, Events } from '../../components/Evidence';
import { Columns, Fact } from '../../components/Figures';
import { Measure } from '../../components/Measure';
import { PersonName } from '../../components/PersonName';
import { Empty, Problem, Shown } from '../../components/States';
import { StatusBadge } from '../../components/Status';
import { count, decimal, percent, plain } from '../../format/numbers';
import { date, daysInWords, hoursInWords } from '../../format/times';
import { Link, personPath } from '../../routing/router';
import { asOf } from '../../time/asOf';
import { KeepInTouch } from './KeepInTouch';
import { Ledger } from './Ledger';

export default function TiePage({ ids }: { readonly ids: Readonly<Record<string, string>> }) {
  const { id = '', other = '' } = ids;
  const tie = useAnswer('/v1/people/{id}/ties/{other}', { path: { id, other }, query: { asOf: asOf.value } });
  const [mine, theirs] = [nameOf(personOf(id).value), nameOf(personOf(other).value)];
  const names = [mine, theirs] as const;
  useEffect(() => {
    document.title = `${mine} and ${theirs} · NetworkGraph`;
  }, [mine, theirs]);
  return (
    <div class="page">
      <div class="page-head">
        <div>
          <p class="small">
            <Link to="/people">People</Link> › <Link to={personPath(id)}>{names[0]}</Link>
          </p>
          <h1>
            {names[0]} and {names[1]}
          </h1>
          <p>
            Seen from {names[0]}: out is by {names[0]}, in is by {names[1]}. <Link to={`${personPath(other)}/ties/${encodeURIComponent(id)}`}>The other side</Link>
          </p>
        </div>
        <div class="actions">
          <Link class="button" to={`${personPath(id)}/brief/${encodeURIComponent(other)}`}>
            Brief
          </Link>
          <Download name={`tie-${id}-${other}`} rows={tie.data && [tie.data]} all={tie.data} />
        </div>
      </div>
      {tie.problem ? (
        <div class="card">
          <Problem problem={tie.problem} retry={tie.reload} />
        </div>
      ) : (
        <Shown of={tie} height={500} lines={12}>
          {(answer) => (answer.status ? <Detail id={id} names={names} tie={answer} /> : <Strangers />)}
        </Shown>
      )}
    </div>
  );
}

function Strangers() {
  return (
    <div class="card">
      <Empty title="They have had nothing to do with each other" icon="people">
        {asOf.value ? 'Not up to this date.' : 'Not yet.'}
      </Empty>
    </div>
  );
}

function Detail({ id, names, tie }: { readonly id: string; readonly names: readonly [string, string]; readonly tie: Schemas['TieDetail'] }) {
  const evidence = { person: id, with: tie.person, title: `${names[0]} and ${names[1]}` };
  const all = tie.history.years.map((year) => year.out + year.in);
  return (
    <div class="stack">
      <dl class="facts">
        <Fact measure="status" label="Status" value={<span class="date-value"><StatusBadge status={tie.status} /></span>} change={tie.relationship} />
        <Fact measure="tie-strength" label="Strength out" value={plain(tie.strengthOut)} change={`in ${plain(tie.strengthIn)}`} />
        <Fact measure="balance" label="Balance" value={percent(tie.balance)} />
        <Fact measure="chance-to-go-on" label="Goes on" value={percent(tie.persistProbability)} change={`within ${daysInWords(tie.evidence.persistWithinDays)}`} />
        <Fact measure="silence" label="Silence" value={<span class="date-value">{daysInWords(tie.silenceDays)}</span>} change={tie.lastContact === null ? 'no contact yet' : `since ${date(tie.lastContact)}`} />
        <Fact
          measure="interaction"
          label="Interactions"
          value={count(tie.evidence.interactions)}
          change={<EvidenceButton of={evidence}>show them</EvidenceButton>}
        />
      </dl>
      <div class="columns">
        <div class="stack">
          <section class="card">
            <div class="card-head">
              <h2>How they are with each other</h2>
            </div>
            <dl class="pairs">
              <Pair name={<Measure of="reply-time">{names[0]} answers in</Measure>} value={hoursInWords(tie.replyHoursOut)} />
              <Pair name={<Measure of="reply-time">{names[1]} answers in</Measure>} value={hoursInWords(tie.replyHoursIn)} />
              <Pair name={<Measure of="turn-taking" />} value={percent(tie.turnTaking)} />
              <Pair name={<Measure of="rhythm">Rhythm</Measure>} value={tie.rhythmDays === null ? '–' : daysInWords(tie.rhythmDays)} />
              <Pair name="Longest gap" value={daysInWords(tie.history.longestGapDays)} />
              <Pair name={<Measure of="peak-strength" />} value={`${decimal(tie.peakStrength)}${tie.peakAt ? ` on ${date(tie.peakAt)}` : ''}`} />
              <Pair name="First contact" value={tie.firstContact === null ? '–' : date(tie.firstContact)} />
              {tie.began && <Pair name={<Measure of="how-a-tie-began">Began</Measure>} value={<Began began={tie.began} />} />}
              <Pair name="Days with contact" value={count(tie.history.activeDays)} />
              <Pair
                name="By year"
                value={
                  <span class="by-year">
                    <Columns values={all} width={Math.min(120, 18 * all.length)} label={tie.history.years.map((year) => `${year.year}: ${year.out} out, ${year.in} in`).join('; ')} />
                    <span class="small muted">{[...new Set([tie.history.years[0]?.year, tie.history.years.at(-1)?.year])].join('–')}</span>
                  </span>
                }
              />
            </dl>
          </section>
          <section class="card">
            <div class="card-head">
              <h2>Latest interactions</h2>
              <EvidenceButton of={evidence}>show all</EvidenceButton>
            </div>
            <Events of={evidence} atMost={6} />
          </section>
        </div>
        <section class="card">
          <div class="card-head">
            <h2>
              <Measure of="exchange-ledger" />
            </h2>
          </div>
          <Ledger ledger={tie.ledger} person={id} other={tie.person} />
        </section>
        {asOf.value === undefined && <KeepInTouch id={id} other={tie.person} name={names[1]} />}
      </div>
    </div>
  );
}

function Pair({ name, value }: { readonly name: preact.ComponentChildren; readonly value: preact.ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** How a tie began, in no more words than are known. */
function Began({ began }: { readonly began: Schemas['TieBeginning'] }) {
  switch (began.how) {
    case 'introducedBy':
      return (
        <>
          introduced by <PersonName id={began.person ?? ''} detail={false} /> ({percent(began.probability)})
        </>
      );
    case 'venue':
      return <>at {began.venue}</>;
    case 'self':
      return began.person === null ? (
        <>between the two</>
      ) : (
        <>
          <PersonName id={began.person} detail={false} /> turned to the other
        </>
      );
    default:
      return <>–</>;
  }
}
