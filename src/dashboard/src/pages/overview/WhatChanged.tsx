import { useMemo } from 'preact/hooks';
import type { Loaded } from '../../api/answers';
import type { Schemas } from '../../api/client';
import { learn } from '../../api/names';
import { Measure } from '../../components/Measure';
import { Empty, Shown } from '../../components/States';
import { count } from '../../format/numbers';
import { date } from '../../format/times';
import { Link, personPath } from '../../routing/router';
import { useEndOfData } from '../../time/activity';
import { goToDay } from '../../time/asOf';
import { type ChangeName, groupChanges } from './changes';

const words: Record<ChangeName, { readonly what: string; readonly tone: string; readonly hint: string }> = {
  began: { what: 'began', tone: 'var(--s-new)', hint: 'two people who had no tie before' },
  settled: { what: 'became regular', tone: 'var(--s-active)', hint: 'new to active' },
  answered: { what: 'became mutual', tone: 'var(--s-active)', hint: 'one-sided or on paper before, now both write' },
  warmed: { what: 'warmed up again', tone: 'var(--s-active)', hint: 'had been cooling or silent' },
  cooled: { what: 'are cooling', tone: 'var(--s-cooling)', hint: 'silent for longer than usual' },
  silent: { what: 'fell silent', tone: 'var(--s-dormant)', hint: 'dormant or lapsed now' },
  unanswered: { what: 'stayed one-sided', tone: 'var(--s-one-sided)', hint: 'only one of the two writes, or neither' },
  burnt: { what: 'ended badly', tone: 'var(--s-burnt)', hint: 'with a decline or a complaint' },
  other: { what: 'changed otherwise', tone: 'var(--s-lapsed)', hint: 'another status than before' },
};

/** What became of relationships since a month ago, with those it means most to. */
export function WhatChanged({ of }: { readonly of: Loaded<Schemas['NetworkChangesAnswer']> }) {
  useMemo(() => {
    for (const pair of of.data?.changes.flatMap((change) => change.strongest) ?? []) {
      learn({ id: pair.first, name: pair.firstName });
      learn({ id: pair.second, name: pair.secondName });
    }
  }, [of.data]);
  return (
    <section class="card">
      <div class="card-head">
        <h2>What changed this month</h2>
        <p>{of.data ? `Relationships whose ` : ' '}{of.data && <Measure of="status">status</Measure>}{of.data && ` is another than on ${date(of.data.since)}, and the strongest of them.`}</p>
      </div>
      <Shown of={of} lines={7} height={300} isEmpty={(answer) => answer.changes.length === 0} empty={<NothingChanged />}>
        {(answer) => (
          <ul class="plain rows changes">
            {groupChanges(answer.changes).map((group) => (
              <li key={group.name} title={words[group.name].hint}>
                <span>
                  <span class="badge">
                    <span class="dot" style={{ '--dot': words[group.name].tone }} />
                    <strong class="number">{count(group.dyads)}</strong> {words[group.name].what}
                  </span>
                  <span class="small muted">
                    {group.strongest.map((pair, index) => (
                      <span key={`${pair.first} ${pair.second}`}>
                        {index > 0 && ' · '}
                        <Link to={`${personPath(pair.first)}/ties/${encodeURIComponent(pair.second)}`}>
                          {pair.firstName ?? pair.first} and {pair.secondName ?? pair.second}
                        </Link>
                      </span>
                    ))}
                  </span>
                </span>
              </li>
            ))}
          </ul>
        )}
      </Shown>
    </section>
  );
}

/** Of a network whose record ended long ago also says where there is more to see. */
function NothingChanged() {
  const day = useEndOfData();
  return (
    <Empty title="Nothing changed">
      Every relationship stands where it stood a month before.
      {day && (
        <>
          {' '}
          Hardly anything was recorded after {date(day)}.{' '}
          <button type="button" class="button small" onClick={() => goToDay(day)}>
            See that date
          </button>
        </>
      )}
    </Empty>
  );
}
