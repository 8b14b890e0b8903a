import type { Schemas } from '../api/client';
import { statuses } from '../components/Status';
import type { DrawnEdge, DrawnNode, NetworkDrawing } from './drawing';

type Tie = Schemas['Tie'];

const mostShown = 160;
const mostNamed = 14;

/** Colours by status, as the theme has them now. */
export type StatusColours = (status: string) => string;

/**
 * A person amid their ties: the stronger, the closer; those of a status side by side. Of many ties the strongest are shown.
 */
export function egoDrawing(person: string, ties: readonly Tie[], nameOf: (id: string) => string, colours: StatusColours, ink: string): NetworkDrawing {
  const strength = (tie: Tie) => tie.strengthIn + tie.strengthOut;
  const strongest = [...ties].sort((a, b) => strength(b) - strength(a)).slice(0, mostShown);
  const nearness = new Map(strongest.map((tie, rank) => [tie.person, rank]));
  const order: readonly string[] = statuses;
  const round = [...strongest].sort((a, b) => order.indexOf(a.status) - order.indexOf(b.status) || (a.person < b.person ? -1 : 1));
  const most = Math.max(1e-9, ...strongest.map(strength));
  const nodes: DrawnNode[] = [{ id: person, x: 0, y: 0, size: 13, colour: ink, label: nameOf(person), named: true }];
  const edges: DrawnEdge[] = [];
  for (const [place, tie] of round.entries()) {
    const rank = nearness.get(tie.person) ?? 0;
    const angle = Math.PI / 2 - (2 * Math.PI * (place + 0.5)) / round.length;
    const distance = 0.28 + 0.72 * Math.sqrt((rank + 0.5) / round.length);
    const weight = Math.sqrt(strength(tie) / most);
    const colour = colours(tie.status);
    nodes.push({ id: tie.person, x: distance * Math.cos(angle), y: distance * Math.sin(angle), size: 3.5 + 7 * weight, colour, label: nameOf(tie.person), named: rank < mostNamed });
    edges.push({ source: person, target: tie.person, width: 0.6 + 3 * weight, colour });
  }
  return { nodes, edges, padding: 48, labelThreshold: 7 };
}
