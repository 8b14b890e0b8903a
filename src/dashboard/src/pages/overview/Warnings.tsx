import { useMemo } from 'preact/hooks';
import type { Loaded } from '../../api/answers';
import type { Schemas } from '../../api/client';
import { learn } from '../../api/names';
import { Bar } from '../../components/Figures';
import { Icon } from '../../components/Icon';
import { Measure } from '../../components/Measure';
import { PersonName } from '../../components/PersonName';
import { Empty, Shown } from '../../components/States';
import { warningMeaning } from '../../components/warnings';
import { count, percent, plural } from '../../format/numbers';
import { asOf } from '../../time/asOf';

type Warnings = Schemas['NetworkWarningsAnswer'];

/** How many people show which warning now, and who most. */
export function Warnings({ of }: { readonly of: Loaded<Warnings> }) {
  useMemo(() => of.data?.items.forEach((warning) => warning.most.forEach((one) => learn({ id: one.person, name: one.name }))), [of.data]);
  return (
    <section class="card">
      <div class="card-head">
        <h2>
          <Measure of="warning">Warnings</Measure>
        </h2>
        {asOf.value && <span class="tag">of today</span>}
        <p>
          {asOf.value
            ? 'Counted for today only: they do not follow the date. A person’s own page shows theirs at the date. Open one to see who shows it most.'
            : 'How many people show each now. Open one to see who most; why, stands on their pages.'}
        </p>
      </div>
      <Shown of={of} lines={9} height={330} isEmpty={(answer) => answer.asOf === null} empty={<Empty title="Not counted yet">The server has just started and is still counting.</Empty>}>
        {({ items }) => {
          const shown = items.filter((warning) => warning.people > 0);
          const most = Math.max(1, ...shown.map((warning) => warning.people));
          if (shown.length === 0)
            return (
              <Empty title="No warnings" icon="check">
                Nobody shows any.
              </Empty>
            );
          return (
            <div class="warned">
              {shown.map((warning) => (
                <details key={warning.warning}>
                  <summary title={warningMeaning(warning.warning)}>
                    <Icon name="chevron" size={16} />
                    <span class="first-capital">{warning.warning.replaceAll('-', ' ')}</span>
                    <Bar share={warning.people / most} fill="var(--s-cooling)" />
                    <span class="number">{plural(warning.people, 'person', 'people')}</span>
                  </summary>
                  <p class="small muted">
                    {warningMeaning(warning.warning)}
                    {warning.ties !== null && `; on ${plural(warning.ties, 'tie')}`}.
                  </p>
                  <ul class="plain">
                    {warning.most.map((one) => (
                      <li key={one.person}>
                        <PersonName id={one.person} detail={false} />
                        <span class="small muted number">{one.ties === null ? percent(one.score) : plural(one.ties, 'tie')}</span>
                      </li>
                    ))}
                    {warning.people > warning.most.length && <li class="small muted">and {count(warning.people - warning.most.length)} more</li>}
                  </ul>
                </details>
              ))}
            </div>
          );
        }}
      </Shown>
    </section>
  );
}
