import type { DrawnNodes } from './drawing';

/** What is looked at: the place in the middle, in units of the drawing, and how near; at zoom 1 all of it is in view. */
export interface View {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

/** How a drawing lies in a window of so many pixels. */
export interface Ground {
  readonly width: number;
  readonly height: number;
  /** Pixels of a unit at zoom 1. */
  readonly scale: number;
  /** Where the view is that shows all. */
  readonly home: View;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export const leastZoom = 0.4;
export const mostZoom = 60;

/** The ground on which everyone is in view, with a padding in pixels. */
export function groundOf(nodes: DrawnNodes, width: number, height: number, padding: number): Ground {
  let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let at = 0; at < nodes.x.length; at++) {
    const [x, y] = [nodes.x[at] ?? 0, nodes.y[at] ?? 0];
    left = Math.min(left, x);
    right = Math.max(right, x);
    low = Math.min(low, y);
    high = Math.max(high, y);
  }
  if (left > right) [left, right, low, high] = [-1, 1, -1, 1];
  const scale = Math.min(Math.max(1, width - 2 * padding) / Math.max(1e-6, right - left), Math.max(1, height - 2 * padding) / Math.max(1e-6, high - low));
  return { width, height, scale, home: { x: (left + right) / 2, y: (low + high) / 2, zoom: 1 } };
}

export function toScreen(ground: Ground, view: View, x: number, y: number): Point {
  const scale = ground.scale * view.zoom;
  return { x: ground.width / 2 + (x - view.x) * scale, y: ground.height / 2 - (y - view.y) * scale };
}

export function toDrawing(ground: Ground, view: View, x: number, y: number): Point {
  const scale = ground.scale * view.zoom;
  return { x: view.x + (x - ground.width / 2) / scale, y: view.y - (y - ground.height / 2) / scale };
}

/** Moved by so many pixels, as a hand moves paper. */
export function moved(ground: Ground, view: View, dx: number, dy: number): View {
  const scale = ground.scale * view.zoom;
  return { ...view, x: view.x - dx / scale, y: view.y + dy / scale };
}

/** Nearer by a factor; what is at a place of the screen stays there. */
export function zoomed(ground: Ground, view: View, at: Point, factor: number): View {
  const zoom = Math.min(mostZoom, Math.max(leastZoom, view.zoom * factor));
  const under = toDrawing(ground, view, at.x, at.y);
  const after = toDrawing(ground, { ...view, zoom }, at.x, at.y);
  return { x: view.x + under.x - after.x, y: view.y + under.y - after.y, zoom };
}

/** How much larger nodes are shown than at full view: less than what one comes nearer by. */
export function growth(view: View): number {
  return Math.sqrt(view.zoom);
}

/** Part of the way from one view to another; nearness changes evenly to the eye. */
export function between(from: View, to: View, share: number): View {
  const eased = 1 - (1 - share) ** 3;
  return {
    x: from.x + (to.x - from.x) * eased,
    y: from.y + (to.y - from.y) * eased,
    zoom: from.zoom * (to.zoom / from.zoom) ** eased,
  };
}
