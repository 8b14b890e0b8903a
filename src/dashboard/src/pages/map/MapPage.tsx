import { useMemo, useRef, useState } from 'preact/hooks';
import { useAnswer } from '../../api/answers';
import type { Schemas } from '../../api/client';
import { learn } from '../../api/names';
import { Download } from '../../components/Download';
import { Measure } from '../../components/Measure';
import { PersonPicker } from '../../components/PersonPicker';
import { Empty, Problem, Bones } from '../../components/States';
import { statusColour, statusColourNow, statuses } from '../../components/Status';
import { count, plural } from '../../format/numbers';
import { date } from '../../format/times';
import { emptyMap, mapDrawing, mostTies } from '../../networks/map';
import { NetworkView } from '../../networks/NetworkView';
import { addressTo, go, personPath, setQuery, parameter } from '../../routing/router';
import { colourOf, theme } from '../../shell/theme';
import { asOf } from '../../time/asOf';

const mostPeople = 50_000;
const listed = 14;
const tokens = ['--c-1', '--c-2', '--c-3', '--c-4', '--c-5', '--c-6', '--c-7', '--c-8', '--c-9', '--c-10', '--c-11', '--c-12', '--c-13', '--c-14', '--c-rest'];

export default function MapPage() {
  const [person, setPerson] = useState<string | null>(null);
  const byStatus = parameter('ties') === 'status';
  const network = useAnswer('/v1/network');
  const ground = useAnswer('/v1/network/map', { query: { limit: mostPeople, ties: mostTies } });
  const then = useAnswer(asOf.value ? '/v1/network/map' : null, { query: { limit: mostPeople, ties: mostTies, asOf: asOf.value, places: 'now' } });
  const map = asOf.value ? (then.data ?? ground.data) : ground.data;
  const problem = ground.problem ?? then.problem;
  const shade = theme.value;
  // How many there are is known at once; with that what draws is ready by the time they come.
  const known = useRef<number>();
  const crowd = (known.current ??= network.data?.people ?? ground.data?.nodes.id.length);
  const drawing = useMemo(() => {
    if (crowd === undefined) return null;
    if (!map || !ground.data) return emptyMap(crowd);
    const look = { communities: tokens.map((token) => colourOf(token, shade)), edge: colourOf('--edge', shade), statusColour: (status: string) => statusColourNow(status, shade) };
    return mapDrawing(map, ground.data, look, byStatus, crowd);
  }, [map, ground.data, byStatus, shade, crowd]);
  useMemo(() => {
    if (!map || map.nodes.id.length > 5000) return;
    map.nodes.id.forEach((id, index) => map.nodes.name[index] && learn({ id, name: map.nodes.name[index] ?? null }));
  }, [map]);

  return (
    <div class="page map-page">
      <div class="page-head">
        <div>
          <h1>Map</h1>
          <p>{map ? summary(map) : 'The whole network, people near those they have most to do with.'}</p>
        </div>
        <div class="actions">
          <Download name="map" rows={map && (() => rowsOf(map))} all={map} />
        </div>
      </div>
      {problem ? (
        <div class="card">
          <Problem problem={problem} retry={ground.reload} />
        </div>
      ) : map?.nodes.id.length === 0 ? (
        <div class="card">
          <Empty title="Nobody is on the map" icon="map">
            {asOf.value ? 'Nobody was tied to anyone yet at this date.' : 'Nobody is tied to anyone yet.'}
          </Empty>
        </div>
      ) : (
        <div class="map-columns">
          <section class="card map-card" aria-label="Map">
            {drawing ? (
              <NetworkView
                network={drawing}
                height="100%"
                lookAt={person}
                label={map ? `Map of ${plural(map.nodes.id.length, 'person', 'people')} in ${plural(map.communities.length, 'community', 'communities')}. The list of communities beside it names them.` : 'Map'}
                onOpen={(id) => go(addressTo(personPath(id)))}
              />
            ) : (
              <Bones lines={6} />
            )}
          </section>
          <aside class="stack">
            <section class="card">
              <PersonPicker label="Find on the map" value={person} onPick={setPerson} />
              <fieldset class="choice">
                <legend>Colour ties by</legend>
                <label>
                  <input type="radio" name="ties" checked={!byStatus} onChange={() => setQuery({ ties: null })} /> nothing
                </label>
                <label>
                  <input type="radio" name="ties" checked={byStatus} onChange={() => setQuery({ ties: 'status' })} /> status
                </label>
              </fieldset>
              {byStatus && (
                <ul class="plain legend">
                  {statuses.map((status) => (
                    <li key={status}>
                      <span class="dot" style={{ '--dot': statusColour(status) }} />
                      {status}
                    </li>
                  ))}
                </ul>
              )}
            </section>
            {map ? (
              <CommunityList map={map} ground={ground.data ?? map} />
            ) : (
              <section class="card">
                <Bones lines={listed} />
              </section>
            )}
          </aside>
        </div>
      )}
    </div>
  );
}

function CommunityList({ map, ground }: { readonly map: Schemas['MapAnswer']; readonly ground: Schemas['MapAnswer'] }) {
  const communities = (asOf.value ? ground : map).communities;
  const small = communities.slice(listed);
  return (
    <section class="card">
      <div class="card-head">
        <h2>
          <Measure of="community">Communities</Measure>
        </h2>
        <span class="small muted">{count(communities.length)}</span>
      </div>
      <ul class="plain community-list">
        {communities.slice(0, listed).map((one, index) => (
          <li key={one.community}>
            <span class="dot" style={{ '--dot': `var(${tokens[index] ?? '--c-rest'})` }} />
            <span>{one.label ?? 'a small circle'}</span>
            <span class="number muted">{count(one.people)}</span>
          </li>
        ))}
        {small.length > 0 && (
          <li>
            <span class="dot" style={{ '--dot': 'var(--c-rest)' }} />
            <span class="muted">{count(small.length)} more</span>
            <span class="number muted">{count(small.reduce((sum, one) => sum + one.people, 0))}</span>
          </li>
        )}
      </ul>
    </section>
  );
}

function summary(map: Schemas['MapAnswer']): string {
  const shown = map.nodes.id.length;
  const who = shown < map.people ? `The ${count(shown)} most central of ${count(map.people)} people` : plural(shown, 'person', 'people');
  return `${who} on ${date(map.asOf)}, each near those they have most to do with, and the ${count(map.edges.source.length)} strongest ties between them.`;
}

function rowsOf(map: Schemas['MapAnswer']) {
  const { nodes } = map;
  return nodes.id.map((id, index) => ({
    id,
    name: nodes.name[index],
    community: nodes.community[index],
    degree: nodes.degree[index],
    pageRank: nodes.pageRank[index],
    x: nodes.x[index],
    y: nodes.y[index],
  }));
}
