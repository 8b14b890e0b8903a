import type { Schemas } from '../api/client';
import type { NetworkDrawing } from './drawing';

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
  const order = circleOrder(neighbours.length, ties);
  const angleOf = new Float64Array(order.length);
  for (const [place, index] of order.entries()) angleOf[index] = Math.PI / 2 - (2 * Math.PI * (place + 0.5)) / order.length;
  const [people, lines] = [neighbours.length + 1, ties.length + neighbours.length];
  const nodes = { id: [ego.person], label: [nameOf(ego.person)], x: new Float32Array(people), y: new Float32Array(people), size: new Float32Array(people), colour: new Uint8Array(people), named: 1 };
  const edges = { source: new Uint32Array(lines), target: new Uint32Array(lines), width: new Float32Array(lines).fill(0.7), colour: new Uint8Array(lines) };
  const palette = [look.ink, look.faint];
  nodes.size[0] = 12;
  const placeOf = new Uint32Array(order.length);
  // The strongest first, who are drawn over the others and get their names before them.
  for (const [nth, index] of byStrength.entries()) {
    const one = neighbours[index];
    if (!one) continue;
    const node = nth + 1;
    placeOf[index] = node;
    const [angle, distance] = [angleOf[index] ?? 0, 0.3 + 0.7 * Math.sqrt((nth + 0.5) / order.length)];
    const weight = Math.sqrt((strength[index] ?? 0) / most);
    nodes.id.push(one.person);
    nodes.label.push(nameOf(one.person));
    // Wider than high, as screens are.
    nodes.x[node] = 1.5 * distance * Math.cos(angle);
    nodes.y[node] = distance * Math.sin(angle);
    nodes.size[node] = 3.5 + 6.5 * weight;
    nodes.colour[node] = placeIn(palette, colours(one.status));
    const edge = ties.length + nth;
    edges.target[edge] = node;
    edges.width[edge] = 0.7 + 2.6 * weight;
    edges.colour[edge] = nodes.colour[node];
  }
  for (const [edge, tie] of ties.entries()) {
    edges.source[edge] = placeOf[tie.from] ?? 0;
    edges.target[edge] = placeOf[tie.to] ?? 0;
    edges.colour[edge] = 1;
  }
  return { crowd: people, nodes, edges, palette, padding: 64, labelThreshold: 4.5 };
}

/** The place of a colour in a palette, new where it is not there yet. */
function placeIn(palette: string[], colour: string): number {
  const place = palette.indexOf(colour);
  return place >= 0 ? place : palette.push(colour) - 1;
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
