import type { Loaded } from '../../api/answers';
import type { Schemas } from '../../api/client';
import { learn } from '../../api/names';
import { Bar } from '../../components/Figures';
import { Measure } from '../../components/Measure';
import { PersonName } from '../../components/PersonName';
import { Empty, Shown } from '../../components/States';
import { count, decimal, percent, plural } from '../../format/numbers';
import { Link } from '../../routing/router';

/** The largest communities. */
export function Communities({ of }: { readonly of: Loaded<Schemas['CommunitiesAnswer']> }) {
  return (
    <section class="card">
      <div class="card-head">
        <h2>
          <Measure of="community">Communities</Measure>
        </h2>
        <Link to="/map" class="small">
          See them on the map
        </Link>
      </div>
      <Shown of={of} lines={6} height={270} isEmpty={(page) => page.items.length === 0} empty={<Empty title="No communities">Nobody is tied to anyone yet.</Empty>}>
        {(page) => (
          <ul class="plain rows">
            {page.items.slice(0, 6).map((community) => (
              <li key={community.community}>
                <span>
                  <strong>{community.label}</strong>
                  <span class="small muted">
                    {plural(community.people, 'person', 'people')} around {community.topMembers[0] && <PersonName id={community.topMembers[0].person} detail={false} />}
                  </span>
                </span>
                <span class="meter share" title={`${percent(community.shareWithin)} of their strength stays within`}>
                  <Bar share={community.shareWithin} />
                  <span class="small">{percent(community.shareWithin)} within</span>
                </span>
              </li>
            ))}
          </ul>
        )}
      </Shown>
    </section>
  );
}

/** Who bridges circles that do not know each other. */
export function Brokers({ of }: { readonly of: Loaded<Schemas['ListAnswerOfBrokerAnswer']> }) {
  of.data?.items.forEach((broker) => broker.name && learn({ id: broker.person, name: broker.name }));
  return (
    <section class="card">
      <div class="card-head">
        <h2>Who connects circles</h2>
        <span class="small muted">
          lowest <Measure of="constraint">constraint</Measure>
        </span>
      </div>
      <Shown of={of} lines={6} height={270} isEmpty={(page) => page.items.length === 0} empty={<Empty title="No brokers">Nobody stands between circles yet.</Empty>}>
        {(page) => (
          <ul class="plain rows">
            {page.items.slice(0, 6).map((broker) => (
              <li key={broker.person}>
                <span>
                  <PersonName id={broker.person} detail={false} />
                  <span class="small muted">
                    {plural(broker.degree, 'contact')} in {plural(broker.communities, 'community', 'communities')}
                  </span>
                </span>
                <span class="small number end">
                  {decimal(broker.constraint)}
                  <span class="muted">
                    {' · '}
                    <Measure of="effective-size">effective size</Measure> {count(broker.effectiveSize)}
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
