import { describe, expect, it } from 'vitest';
import { circleOrder, egoDrawing } from '../src/networks/ego';
import { mapDrawing } from '../src/networks/map';
import { beyond, covers, placeBefore } from '../src/networks/sheet';

const neighbour = (person: string, strength: number, status = 'active') => ({ person, name: null, entity: 'person', organisation: null, status, strengthOut: strength, strengthIn: strength, balance: 1, lastContact: '2026-01-01T00:00:00Z' });
const look = { ink: '#000', faint: '#eee' };

describe('a person amid their contacts', () => {
  it('has the stronger ones closer', () => {
    const ego = { person: 'me', asOf: '', degree: 3, neighbours: [neighbour('weak', 1), neighbour('strong', 9), neighbour('middle', 4)], ties: [] };
    const { nodes } = egoDrawing(ego, (id) => id, () => '#123', look);
    const distance = (id: string) => {
      const node = nodes.id.indexOf(id);
      return Math.hypot((nodes.x[node] ?? 0) / 1.5, nodes.y[node] ?? 0);
    };
    expect(nodes.id).toEqual(['me', 'strong', 'middle', 'weak']);
    expect([distance('me'), distance('strong') < distance('middle'), distance('middle') < distance('weak')]).toEqual([0, true, true]);
  });
  it('has those who know each other side by side, always in the same order', () => {
    const ties = [{ from: 0, to: 3 }, { from: 3, to: 6 }, { from: 0, to: 6 }, { from: 1, to: 4 }, { from: 4, to: 7 }, { from: 1, to: 7 }];
    const order = circleOrder(9, ties);
    expect([...order].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    const span = (group: readonly number[]) => {
      const places = group.map((one) => order.indexOf(one)).sort((a, b) => a - b);
      const gaps = places.map((place, index) => ((places[(index + 1) % places.length] ?? 0) - place + 9) % 9);
      return 9 - Math.max(...gaps);
    };
    expect(span([0, 3, 6])).toBeLessThanOrEqual(4);
    expect(circleOrder(9, ties)).toEqual(order);
  });
});

describe('the map', () => {
  const map = (asOf: string, ids: readonly string[], shift: number) => ({
    asOf,
    communitiesAsOf: asOf,
    people: ids.length,
    nodes: { id: ids, name: ids.map((id) => id.toUpperCase()), community: ids.map((_, index) => index % 2), degree: ids.map(() => 1), pageRank: ids.map(() => 0.1), x: ids.map((_, index) => index + shift), y: ids.map(() => shift) },
    edges: { source: [0], target: [1], strength: [3], balance: [1], status: [1] },
    communities: [{ community: 0, label: 'one', people: 1, x: 0, y: 0, radius: 1 }, { community: 1, label: null, people: 1, x: 0, y: 0, radius: 1 }],
    statuses: ['new', 'active'],
  });
  const colours = { communities: ['#1', '#2', '#rest'], edge: '#e', statusColour: (status: string) => `#${status}` };

  it('leaves people where they are when the date changes', () => {
    const ground = map('2026-01-01T00:00:00Z', ['a', 'b', 'c'], 0);
    const then = map('2025-01-01T00:00:00Z', ['c', 'a'], 7);
    const { nodes } = mapDrawing(then, ground, colours, false);
    expect(nodes.id.map((id, node) => [id, nodes.x[node], nodes.y[node]])).toEqual([['c', 2, 0], ['a', 0, 0]]);
  });
  it('colours ties by status when asked, and names communities that have a name', () => {
    const ground = map('2026-01-01T00:00:00Z', ['a', 'b'], 0);
    const coloured = (byStatus: boolean) => {
      const { edges, palette } = mapDrawing(ground, ground, colours, byStatus);
      return [...edges.source].map((source, edge) => [source, edges.target[edge], palette[edges.colour[edge] ?? 0]]);
    };
    expect(coloured(true)).toEqual([[0, 1, '#active']]);
    expect(coloured(false)).toEqual([[0, 1, '#e']]);
    expect(mapDrawing(ground, ground, colours, false).regions?.map((region) => region.label)).toEqual(['one']);
  });
  it('draws of the ties between communities only the strongest where there are too many', () => {
    const ids = Array.from({ length: 70_000 }, (_, index) => `p${index}`);
    const large = map('2026-01-01T00:00:00Z', ids, 0);
    const all = ids.map((_, index) => index);
    const edges = { source: all, target: all.map((index) => (index + 1) % ids.length), strength: all.map((index) => (index * 7919) % 70_000), balance: all.map(() => 1), status: all.map(() => 0) };
    const drawn = mapDrawing({ ...large, edges }, { ...large, edges }, colours, false).edges;
    expect(drawn.source.length).toBe(6000);
    expect(Math.min(...[...drawn.source].map((edge) => edges.strength[edge] ?? 0))).toBeGreaterThanOrEqual(64_000);
    const within = { ...large, edges, nodes: { ...large.nodes, community: ids.map(() => 0) } };
    expect(mapDrawing(within, within, colours, false).edges.source.length).toBe(70_000);
  });
});

describe('a picture that is moved as a whole', () => {
  const [width, height] = [1000 * (1 + 2 * beyond), 500 * (1 + 2 * beyond)];
  it('covers the window in its middle as far as it reaches beyond it', () => {
    expect(covers({ x: 0, y: 0, stretch: 1 }, width, height)).toBe(true);
    expect(covers({ x: 1000 * beyond - 1, y: 1 - 500 * beyond, stretch: 1 }, width, height)).toBe(true);
    expect(covers({ x: 1000 * beyond + 1, y: 0, stretch: 1 }, width, height)).toBe(false);
    expect(covers({ x: 0, y: 500 * beyond + 1, stretch: 1 }, width, height)).toBe(false);
  });
  it('is painted anew before it is stretched too much or shrunk below its window', () => {
    const least = 1 / (1 + 2 * beyond);
    expect(covers({ x: 0, y: 0, stretch: 1.6 }, width, height)).toBe(true);
    expect(covers({ x: 0, y: 0, stretch: 1.8 }, width, height)).toBe(false);
    expect(covers({ x: 0, y: 0, stretch: least + 0.01 }, width, height)).toBe(true);
    expect(covers({ x: 100, y: 0, stretch: least + 0.01 }, width, height)).toBe(false);
    expect(covers({ x: 0, y: 0, stretch: least - 0.01 }, width, height)).toBe(false);
  });
  it('tells where a place of it was before', () => {
    const size = { width: 1800, height: 900 };
    expect(placeBefore({ x: 0, y: 0, stretch: 1 }, { x: 7, y: 9 }, size)).toEqual({ x: 7, y: 9 });
    expect(placeBefore({ x: 30, y: -20, stretch: 1 }, { x: 930, y: 430 }, size)).toEqual({ x: 900, y: 450 });
    // Stretched from the middle: what is 200 beside it was 100 beside it.
    expect(placeBefore({ x: 0, y: 0, stretch: 2 }, { x: 1100, y: 450 }, size)).toEqual({ x: 1000, y: 450 });
  });
});
