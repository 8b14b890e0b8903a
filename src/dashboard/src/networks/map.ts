import type { Schemas } from '../api/client';
import type { DrawnEdges, DrawnNodes, NetworkDrawing } from './drawing';

type MapAnswer = Schemas['MapAnswer'];

export interface MapLook {
  /** The colour of the community that is the nth largest; the last one for all smaller ones. */
  readonly communities: readonly string[];
  readonly edge: string;
  readonly statusColour: (status: string) => string;
}

const mostEdges = 60_000;
const mostRegions = 12;

/**
 * The whole network as a drawing. People keep the places of the ground map, which is that of now, whatever date is seen:
 * so time changes the network and not the map. Who is not on the ground map stands where the date's own map has them.
 */
export function mapDrawing(map: MapAnswer, ground: MapAnswer, look: MapLook, byStatus: boolean): NetworkDrawing {
  const palette = [...look.communities, look.edge, ...map.statuses.map(look.statusColour)];
  const regions = ground.communities.slice(0, mostRegions).flatMap((one) => (one.label ? [{ x: one.x, y: one.y - one.radius, label: one.label }] : []));
  const many = map.nodes.id.length > 3000;
  return { nodes: people(map, ground, look.communities.length - 1, many), edges: lines(map, look.communities.length, byStatus), palette, regions, padding: 24, labelThreshold: many ? 8 : 11 };
}

function people(map: MapAnswer, ground: MapAnswer, lastColour: number, many: boolean): DrawnNodes {
  const { nodes } = map;
  const placeOf = map === ground ? null : new Map(ground.nodes.id.map((id, index) => [id, index]));
  const rank = new Map(ground.communities.map((one, index) => [one.community, index]));
  const own = new Map(map.communities.map((one, index) => [one.community, index]));
  const most = Math.max(1, ...nodes.degree.slice(0, 50));
  const count = nodes.id.length;
  const [x, y, size, colour] = [new Float32Array(count), new Float32Array(count), new Float32Array(count), new Uint8Array(count)];
  for (let node = 0; node < count; node++) {
    const at = placeOf ? placeOf.get(nodes.id[node] ?? '') : node;
    const nth = at === undefined ? own.get(nodes.community[node] ?? -1) : rank.get(ground.nodes.community[at] ?? -1);
    x[node] = (at === undefined ? nodes.x[node] : ground.nodes.x[at]) ?? 0;
    y[node] = (at === undefined ? nodes.y[node] : ground.nodes.y[at]) ?? 0;
    size[node] = (many ? 1.2 : 2) + (many ? 3 : 6) * Math.sqrt(Math.min(1, (nodes.degree[node] ?? 0) / most));
    colour[node] = Math.min(nth ?? lastColour, lastColour);
  }
  return { id: nodes.id, label: nodes.id.map((id, node) => nodes.name[node] ?? id), x, y, size, colour, named: 0 };
}

function lines(map: MapAnswer, plain: number, byStatus: boolean): DrawnEdges {
  const { edges } = map;
  const count = edges.source.length;
  let least = 0;
  if (count > mostEdges) least = Float64Array.from(edges.strength).sort()[count - mostEdges] ?? 0;
  const [source, target, width, colour] = [new Uint32Array(count), new Uint32Array(count), new Float32Array(count), new Uint8Array(count)];
  let shown = 0;
  for (let edge = 0; edge < count && shown < mostEdges; edge++) {
    const strength = edges.strength[edge] ?? 0;
    if (strength < least) continue;
    source[shown] = edges.source[edge] ?? 0;
    target[shown] = edges.target[edge] ?? 0;
    width[shown] = 0.4 + Math.min(1.6, Math.log1p(strength) / 2.5);
    colour[shown] = byStatus ? plain + 1 + (edges.status[edge] ?? 0) : plain;
    shown++;
  }
  return { source: source.subarray(0, shown), target: target.subarray(0, shown), width: width.subarray(0, shown), colour: colour.subarray(0, shown) };
}
