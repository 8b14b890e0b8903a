/** How much of a picture is painted beyond each edge of its window, of the window's width and height. */
export const beyond = 0.3;
/** By what factor a picture may be stretched or shrunk before it is painted anew. */
const mostStretched = 1.7;

export interface Moved {
  readonly x: number;
  readonly y: number;
  readonly stretch: number;
}

/** Whether a picture of a size still covers the window in its middle when it is moved so, and is not stretched too much. */
export function covers(moved: Moved, width: number, height: number): boolean {
  const { x, y, stretch } = moved;
  if (stretch > mostStretched || stretch < 1 / mostStretched) return false;
  const spare = (extent: number) => (extent * (stretch - 1 / (1 + 2 * beyond))) / 2;
  return Math.abs(x) <= spare(width) && Math.abs(y) <= spare(height);
}

/** Where a place of a moved picture, which is stretched from its middle, was before. */
export function placeBefore(moved: Moved, place: { readonly x: number; readonly y: number }, { width, height }: { readonly width: number; readonly height: number }): { x: number; y: number } {
  const [x, y] = [width / 2, height / 2];
  return { x: x + (place.x - x - moved.x) / moved.stretch, y: y + (place.y - y - moved.y) / moved.stretch };
}
