import type { Schemas } from '../api/client';
import type { DrawnEdge, DrawnNode, NetworkDrawing } from './drawing';

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
  const { nodes, edges, communities, statuses } = map;
  const place = new Map(ground.nodes.id.map((id, index) => [id, index]));
  const rank = new Map(ground.communities.map((one, index) => [one.community, index]));
  const own = new Map(communities.map((one, index) => [one.community, index]));
  const colourAt = (index: number) => look.communities[Math.min(index, look.communities.length - 1)] ?? look.edge;
  const most = Math.max(1, ...nodes.degree.slice(0, 50));
  const many = nodes.id.length > 3000;
  const drawn: DrawnNode[] = nodes.id.map((id, index) => {
    const at = place.get(id);
    const nth = at === undefined ? own.get(nodes.community[index] ?? -1) : rank.get(ground.nodes.community[at] ?? -1);
    const share = Math.sqrt(Math.min(1, (nodes.degree[index] ?? 0) / most));
    return {
      id,
      x: (at === undefined ? nodes.x[index] : ground.nodes.x[at]) ?? 0,
      y: (at === undefined ? nodes.y[index] : ground.nodes.y[at]) ?? 0,
      size: (many ? 1.2 : 2) + (many ? 3 : 6) * share,
      colour: colourAt(nth ?? look.communities.length - 1),
      label: nodes.name[index] ?? id,
    };
  });
  const order = edges.strength.map((_, index) => index);
  if (order.length > mostEdges) order.sort((a, b) => (edges.strength[b] ?? 0) - (edges.strength[a] ?? 0)).length = mostEdges;
  const lines: DrawnEdge[] = order.map((index) => ({
    source: nodes.id[edges.source[index] ?? 0] ?? '',
    target: nodes.id[edges.target[index] ?? 0] ?? '',
    width: 0.4 + Math.min(1.6, Math.log1p(edges.strength[index] ?? 0) / 2.5),
    colour: byStatus ? look.statusColour(statuses[edges.status[index] ?? 0] ?? '') : look.edge,
  }));
  const regions = ground.communities.slice(0, mostRegions).flatMap((one) => (one.label ? [{ x: one.x, y: one.y - one.radius, label: one.label }] : []));
  return { nodes: drawn, edges: lines, regions, padding: 24, labelDensity: 0.5, labelThreshold: many ? 8 : 11 };
}
