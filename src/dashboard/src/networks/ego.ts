import type { Schemas } from '../api/client';
import type { DrawnEdge, DrawnNode, NetworkDrawing } from './drawing';

type Ego = Schemas['EgoAnswer'];

/** What a tie to the one placed before the last counts of a tie to the last. */
const fading = 0.85;

/**
 * A person amid their contacts: the stronger the tie, the closer; contacts who know each other stand side by side.
 * @param colours gives the colour of a status; faint that of ties between contacts.
 */
export function egoDrawing(ego: Ego, nameOf: (id: string) => string, colours: (status: string) => string, look: { readonly ink: string; readonly faint: string }): NetworkDrawing {
  const { neighbours, ties } = ego;
  const strength = neighbours.map((one) => one.strengthIn + one.strengthOut);
  const most = Math.max(1e-9, ...strength);
  const byStrength = strength.map((_, index) => index).sort((a, b) => (strength[b] ?? 0) - (strength[a] ?? 0));
  const rank = new Map(byStrength.map((index, place) => [index, place]));
  const order = circleOrder(neighbours.length, ties);
  const nodes: DrawnNode[] = [{ id: ego.person, x: 0, y: 0, size: 12, colour: look.ink, label: nameOf(ego.person), named: true }];
  const edges: DrawnEdge[] = [];
  for (const tie of ties) {
    const [from, to] = [neighbours[tie.from], neighbours[tie.to]];
    if (from && to) edges.push({ source: from.person, target: to.person, width: 0.7, colour: look.faint });
  }
  for (const [place, index] of order.entries()) {
    const one = neighbours[index];
    if (!one) continue;
    const angle = Math.PI / 2 - (2 * Math.PI * (place + 0.5)) / order.length;
    const nth = rank.get(index) ?? 0;
    const distance = 0.3 + 0.7 * Math.sqrt((nth + 0.5) / order.length);
    const weight = Math.sqrt((strength[index] ?? 0) / most);
    const colour = colours(one.status);
    nodes.push({
      id: one.person,
      // Wider than high, as screens are.
      x: 1.5 * distance * Math.cos(angle),
      y: distance * Math.sin(angle),
      size: 3.5 + 6.5 * weight,
      colour,
      label: nameOf(one.person),
    });
    edges.push({ source: ego.person, target: one.person, width: 0.7 + 2.6 * weight, colour });
  }
  return { nodes, edges, padding: 64, labelDensity: 1, labelThreshold: 4.5 };
}

/**
 * An order around a circle in which those who are tied stand near each other: after each comes who is tied most to those
 * placed last, the last ones counting most. Greedy, and quadratic in the people; the same ties give the same order.
 */
export function circleOrder(people: number, ties: readonly { readonly from: number; readonly to: number }[]): number[] {
  const near: number[][] = Array.from({ length: people }, () => []);
  for (const { from, to } of ties) {
    near[from]?.push(to);
    near[to]?.push(from);
  }
  const order: number[] = [];
  const left = new Set(Array.from({ length: people }, (_, index) => index));
  const pull = new Array<number>(people).fill(0);
  const degree = (index: number) => near[index]?.length ?? 0;
  while (left.size > 0) {
    let best = -1;
    for (const index of left) if (best < 0 || (pull[index] ?? 0) > (pull[best] ?? 0) || (pull[index] === pull[best] && degree(index) > degree(best))) best = index;
    order.push(best);
    left.delete(best);
    for (const index of left) pull[index] = (pull[index] ?? 0) * fading;
    for (const other of near[best] ?? []) pull[other] = (pull[other] ?? 0) + 1;
  }
  return order;
}
