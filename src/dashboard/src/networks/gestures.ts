import type { Point } from './camera';

/** What hands do to a drawing, in pixels from its upper left corner. */
export interface Gestures {
  /** Whether a hand is on it: nothing slow should happen then. */
  readonly hold: (isHeld: boolean) => void;
  readonly pan: (dx: number, dy: number) => void;
  readonly zoom: (at: Point, factor: number) => void;
  /** A mouse rests or moves somewhere; null where it has left. */
  readonly point: (at: Point | null) => void;
  readonly open: (at: Point) => void;
}

const clickPixels = 5;
const wheelPixelsOfALine = 16;

/** Listens for mouse, wheel and fingers; returns how to stop. */
export function listen(element: HTMLElement, on: Gestures): () => void {
  const abort = new AbortController();
  const down = new Map<number, Point>();
  let travelled = 0;
  const placeOf = (event: MouseEvent): Point => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const heard = <K extends keyof HTMLElementEventMap>(name: K, handler: (event: HTMLElementEventMap[K]) => void, passive = true) =>
    element.addEventListener(name, handler, { signal: abort.signal, passive });

  heard('pointerdown', (event) => {
    if (event.button !== 0) return;
    element.setPointerCapture(event.pointerId);
    if (down.size === 0) travelled = 0;
    down.set(event.pointerId, placeOf(event));
    on.point(null);
    on.hold(true);
  });
  heard('pointermove', (event) => {
    const at = placeOf(event);
    const before = down.get(event.pointerId);
    if (!before) {
      if (event.pointerType === 'mouse') on.point(at);
      return;
    }
    down.set(event.pointerId, at);
    travelled += Math.hypot(at.x - before.x, at.y - before.y);
    const other = [...down].find(([finger]) => finger !== event.pointerId)?.[1];
    if (!other) {
      if (travelled >= clickPixels) on.pan(at.x - before.x, at.y - before.y);
      return;
    }
    const apart = (point: Point) => Math.max(10, Math.hypot(point.x - other.x, point.y - other.y));
    on.pan((at.x - before.x) / 2, (at.y - before.y) / 2);
    on.zoom({ x: (at.x + other.x) / 2, y: (at.y + other.y) / 2 }, apart(at) / apart(before));
  });
  const lift = (event: PointerEvent) => {
    if (!down.delete(event.pointerId) || down.size > 0) return;
    on.hold(false);
    if (event.type === 'pointerup' && travelled < clickPixels) on.open(placeOf(event));
  };
  heard('pointerup', lift);
  heard('pointercancel', lift);
  heard('pointerleave', () => on.point(null));
  heard('dblclick', (event) => on.zoom(placeOf(event), 2));
  heard(
    'wheel',
    (event) => {
      event.preventDefault();
      const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * wheelPixelsOfALine : event.deltaY;
      on.zoom(placeOf(event), Math.exp(-pixels * 0.0022));
    },
    false,
  );
  return () => abort.abort();
}
