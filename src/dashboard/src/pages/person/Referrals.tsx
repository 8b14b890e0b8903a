import { useAnswer } from '../../api/answers';
import type { Schemas } from '../../api/client';
import { EvidenceButton } from '../../components/Evidence';
import { Measure } from '../../components/Measure';
import { PersonName } from '../../components/PersonName';
import { Empty, Shown } from '../../components/States';
import { count, percent, plural } from '../../format/numbers';
import { date } from '../../format/times';
import { asOf } from '../../time/asOf';

type Referral = Schemas['Referral'];
type Made = Schemas['IntroductionMade'];

const atOnce = 6;

/** How far a referral has come, in words. */
export function loopState(referral: Pick<Referral, 'acted' | 'reported' | 'open'>): { readonly text: string; readonly tone: string } {
  if (referral.acted && referral.reported) return { text: 'acted on and reported back', tone: 'var(--s-active)' };
  if (referral.reported) return { text: 'reported back: nothing came of it', tone: 'var(--s-lapsed)' };
  if (referral.acted) return { text: referral.open ? 'acted on, not reported back yet' : 'acted on, never reported back', tone: 'var(--s-cooling)' };
  return { text: referral.open ? 'not acted on yet' : 'never acted on', tone: referral.open ? 'var(--s-new)' : 'var(--s-nominal)' };
}

/** What came of an introduction, in words. */
export function outcomeOf(made: Pick<Made, 'ledToContact' | 'pending' | 'knewEachOther'>): { readonly text: string; readonly tone: string } {
  if (made.ledToContact) return { text: made.knewEachOther ? 'in touch again' : 'led to contact', tone: 'var(--s-active)' };
  if (made.pending) return { text: 'still open', tone: 'var(--s-new)' };
  return { text: made.knewEachOther ? 'knew each other, nothing new' : 'nothing came of it', tone: 'var(--s-nominal)' };
}

/** Referrals a person made and received, with what became of them; and the introductions they made. */
export function Referrals({ id }: { readonly id: string }) {
  const referrals = useAnswer('/v1/people/{id}/referrals', { path: { id }, query: { asOf: asOf.value, limit: 50 } });
  const isEmpty = (answer: Schemas['ReferralsAnswer']) => answer.items.length === 0 && answer.introductions.items.length === 0;
  return (
    <section class="card">
      <div class="card-head">
        <h2>
          Introductions and <Measure of="referral-loop">referrals</Measure>
        </h2>
      </div>
      <Shown of={referrals} lines={6} height={260} isEmpty={isEmpty} empty={<Empty title="None" icon="path">They introduced nobody, referred nobody, and were referred to nobody.</Empty>}>
        {(answer) => (
          <div class="stack tight">
            {answer.introductions.items.length > 0 && <Introductions id={id} credit={answer.introductions} />}
            {answer.items.length > 0 && <Loops id={id} answer={answer} />}
          </div>
        )}
      </Shown>
    </section>
  );
}

function Introductions({ id, credit }: { readonly id: string; readonly credit: Schemas['IntroductionCredit'] }) {
  return (
    <div>
      <h3>Introductions they made</h3>
      <p class="small muted">
        {count(credit.ledToContact)} of {plural(credit.made, 'introduction')} led to contact{credit.shareLed.value === null ? '' : ` (${percent(credit.shareLed.value)})`}
        {credit.pending > 0 && `; ${count(credit.pending)} still open`}.
      </p>
      <ul class="plain rows">
        {credit.items.slice(0, atOnce).map((made) => {
          const { text, tone } = outcomeOf(made);
          return (
            <li key={`${made.first} ${made.second} ${made.made}`}>
              <span>
                <span>
                  <PersonName id={made.first} detail={false} /> and <PersonName id={made.second} detail={false} />
                </span>
                <span class="small muted">
                  {date(made.made)}
                  {made.interaction && (
                    <>
                      {' · '}
                      <EvidenceButton of={{ person: id, with: made.first, kind: 'introduction', ids: [made.interaction], title: 'The introduction' }}>show it</EvidenceButton>
                    </>
                  )}
                </span>
              </span>
              <State text={text} tone={tone} />
            </li>
          );
        })}
      </ul>
      <More of={credit.items.length} />
    </div>
  );
}

function Loops({ id, answer }: { readonly id: string; readonly answer: Schemas['ReferralsAnswer'] }) {
  return (
    <div>
      <h3>Referrals</h3>
      <p class="small muted">
        {count(answer.made.made)} made ({count(answer.made.acted)} acted on, {count(answer.made.reported)} reported back), {count(answer.received.made)} received, {count(answer.about.made)} about them
        {answer.made.open + answer.received.open > 0 && `; ${plural(answer.made.open + answer.received.open, 'loop')} open`}.
      </p>
      <ul class="plain rows">
        {answer.items.slice(0, atOnce).map((loop) => {
          const { text, tone } = loopState(loop);
          return (
            <li key={`${loop.referrer} ${loop.receiver} ${loop.referred} ${loop.made}`}>
              <span>
                <span>
                  <Who id={loop.referrer} self={id} /> referred <Who id={loop.referred} self={id} /> to <Who id={loop.receiver} self={id} />
                </span>
                <span class="small muted">
                  {date(loop.made)}
                  {loop.evidence.interactions.length > 0 && (
                    <>
                      {' · '}
                      <EvidenceButton of={{ person: id, ids: loop.evidence.interactions, title: 'The referral' }}>show it</EvidenceButton>
                    </>
                  )}
                </span>
              </span>
              <State text={text} tone={tone} />
            </li>
          );
        })}
      </ul>
      <More of={answer.items.length} />
    </div>
  );
}

function Who({ id, self }: { readonly id: string; readonly self: string }) {
  return id === self ? <>they</> : <PersonName id={id} detail={false} />;
}

function State({ text, tone }: { readonly text: string; readonly tone: string }) {
  return (
    <span class="badge end">
      <span class="dot" style={{ '--dot': tone }} />
      {text}
    </span>
  );
}

function More({ of }: { readonly of: number }) {
  return of > atOnce ? <p class="small muted">The latest {atOnce} of {count(of)}.</p> : null;
}
