import type { Schemas } from '../api/client';
import type { DrawnEdges, DrawnNodes, NetworkDrawing } from './drawing';

type MapAnswer = Schemas['MapAnswer'];

export interface MapLook {
  /** The colour of the community that is the nth largest; the last one for all smaller ones. */
  readonly communities: readonly string[];
  readonly edge: string;
  readonly statusColour: (status: string) => string;
}

/** How many ties a map is asked for: more would only cover each other. */
export const mostTies = 24_000;
/** Those between communities are long, and a few thousand show where they run. */
const mostBetween = 6000;
const mostRegions = 12;
/** So many people are drawn smaller. */
const manyPeople = 3000;

/** A map of so many people before they are known: what draws can get ready. */
export function emptyMap(crowd: number): NetworkDrawing {
  const none = { size: new Float32Array(), colour: new Uint8Array() };
  return {
    crowd,
    nodes: { ...none, id: [], label: [], x: new Float32Array(), y: new Float32Array(), named: 0 },
    edges: { ...none, source: new Uint32Array(), target: new Uint32Array(), width: new Float32Array() },
    palette: [],
    ...frameOf(crowd),
  };
}

const frameOf = (crowd: number) => ({ padding: 24, labelThreshold: crowd > manyPeople ? 6 : 11 });

/**
 * The whole network as a drawing. People keep the places of the ground map, which is that of now, whatever date is seen:
 * so time changes the network and not the map. Who is not on the ground map stands where the date's own map has them.
 */
export function mapDrawing(map: MapAnswer, ground: MapAnswer, look: MapLook, byStatus: boolean, crowd = map.nodes.id.length): NetworkDrawing {
  const palette = [...look.communities, look.edge, ...map.statuses.map(look.statusColour)];
  const lowest = lowEdges(ground);
  const regions = ground.communities.slice(0, mostRegions).flatMap((one) => (one.label ? [{ ...(lowest.get(one.community) ?? one), label: one.label }] : []));
  return { crowd, nodes: people(map, ground, look.communities.length - 1, crowd > manyPeople), edges: lines(map, look.communities.length, byStatus), palette, regions, ...frameOf(crowd) };
}

/** Below most of the people of each community: where its name stands. */
function lowEdges({ nodes }: MapAnswer): Map<number, { readonly x: number; readonly y: number }> {
  const sums = new Map<number, { people: number; x: number; y: number; squares: number }>();
  for (let node = 0; node < nodes.id.length; node++) {
    const [x, y] = [nodes.x[node] ?? 0, nodes.y[node] ?? 0];
    const sum = sums.get(nodes.community[node] ?? -1) ?? { people: 0, x: 0, y: 0, squares: 0 };
    sums.set(nodes.community[node] ?? -1, sum);
    sum.people++;
    sum.x += x;
    sum.y += y;
    sum.squares += y * y;
  }
  return new Map([...sums].map(([community, { people, x, y, squares }]) => {
    const middle = y / people;
    return [community, { x: x / people, y: middle - 2.3 * Math.sqrt(Math.max(0, squares / people - middle * middle)) - 0.02 }];
  }));
}

function people(map: MapAnswer, ground: MapAnswer, lastColour: number, many: boolean): DrawnNodes {
  const { nodes } = map;
  const placeOf = map === ground ? null : new Map(ground.nodes.id.map((id, index) => [id, index]));
  const rank = new Map(ground.communities.map((one, index) => [one.community, index]));
  const own = new Map(map.communities.map((one, index) => [one.community, index]));
  const most = Math.max(1, ...nodes.degree.slice(0, 50));
  const count = nodes.id.length;
  // Dots of a crowd are smaller, so that it does not become one spot.
  const crowd = Math.min(1, Math.max(0.5, Math.sqrt(12_000 / Math.max(1, count))));
  const [x, y, size, colour] = [new Float32Array(count), new Float32Array(count), new Float32Array(count), new Uint8Array(count)];
  for (let node = 0; node < count; node++) {
    const at = placeOf ? placeOf.get(nodes.id[node] ?? '') : node;
    const nth = at === undefined ? own.get(nodes.community[node] ?? -1) : rank.get(ground.nodes.community[at] ?? -1);
    x[node] = (at === undefined ? nodes.x[node] : ground.nodes.x[at]) ?? 0;
    y[node] = (at === undefined ? nodes.y[node] : ground.nodes.y[at]) ?? 0;
    size[node] = (many ? 1.2 * crowd : 2) + (many ? 3 * crowd : 6) * Math.sqrt(Math.min(1, (nodes.degree[node] ?? 0) / most));
    colour[node] = Math.min(nth ?? lastColour, lastColour);
  }
  return { id: nodes.id, label: nodes.id.map((id, node) => nodes.name[node] ?? id), x, y, size, colour, named: 0 };
}

function lines(map: MapAnswer, plain: number, byStatus: boolean): DrawnEdges {
  const { edges, nodes } = map;
  const count = edges.source.length;
  const isBetween = (edge: number) => nodes.community[edges.source[edge] ?? 0] !== nodes.community[edges.target[edge] ?? 0];
  const [source, target, width, colour] = [new Uint32Array(count), new Uint32Array(count), new Float32Array(count), new Uint8Array(count)];
  let [shown, between] = [0, 0];
  for (const edge of byStrength(edges.strength)) {
    const strength = edges.strength[edge] ?? 0;
    if (isBetween(edge) && ++between > mostBetween) continue;
    source[shown] = edges.source[edge] ?? 0;
    target[shown] = edges.target[edge] ?? 0;
    width[shown] = 0.4 + Math.min(1.6, Math.log1p(strength) / 2.5);
    colour[shown] = byStatus ? plain + 1 + (edges.status[edge] ?? 0) : plain;
    shown++;
  }
  return { source: source.subarray(0, shown), target: target.subarray(0, shown), width: width.subarray(0, shown), colour: colour.subarray(0, shown) };
}

/** Places of ties, the strongest first. */
function byStrength(strengths: readonly number[]): Uint32Array {
  const values = Float64Array.from(strengths);
  return Uint32Array.from(values.keys()).sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0));
}
