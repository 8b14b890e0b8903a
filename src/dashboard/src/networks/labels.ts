import { growth, toScreen, type Ground, type View } from './camera';
import type { NetworkDrawing, NetworkLook } from './drawing';

const family = 'Inter, system-ui, sans-serif';
const cell = 12;
const mostLabels = 160;
/** About what a letter takes, in pixels: measuring thousands of names that find no room would take longer than drawing. */
const letter = 6.3;

/** Places on the screen that text has taken, in cells. */
class Taken {
  private readonly columns: number;
  private readonly cells: Uint8Array;

  constructor(
    private readonly width: number,
    private readonly height: number,
  ) {
    this.columns = Math.ceil(width / cell) + 1;
    this.cells = new Uint8Array(this.columns * (Math.ceil(height / cell) + 1));
  }

  /** Takes a place if nobody has it. */
  take(left: number, top: number, width: number, height: number): boolean {
    const [from, to] = [Math.floor(Math.max(0, left) / cell), Math.floor(Math.min(this.width - 1, left + width) / cell)];
    const [first, last] = [Math.floor(Math.max(0, top) / cell), Math.floor(Math.min(this.height - 1, top + height) / cell)];
    for (let row = first; row <= last; row++) for (let column = from; column <= to; column++) if (this.cells[row * this.columns + column]) return false;
    for (let row = first; row <= last; row++) this.cells.fill(1, row * this.columns + from, row * this.columns + to + 1);
    return true;
  }
}

/**
 * Writes names where there is room: those of regions first, then of people, the most important first. The context's
 * unit is a CSS pixel; the ground is as large as its canvas.
 */
export function writeLabels(context: CanvasRenderingContext2D, network: NetworkDrawing, ground: Ground, view: View, look: NetworkLook): void {
  const { width, height } = ground;
  context.clearRect(0, 0, width, height);
  context.lineJoin = 'round';
  context.strokeStyle = look.card;
  context.fillStyle = look.ink;
  context.textBaseline = 'middle';
  const taken = new Taken(width, height);
  context.font = `600 13px ${family}`;
  context.textAlign = 'center';
  context.lineWidth = 4;
  for (const region of network.regions ?? []) {
    const at = toScreen(ground, view, region.x, region.y);
    const half = context.measureText(region.label).width / 2;
    if (at.x + half < 0 || at.x - half > width || at.y < 0 || at.y > height) continue;
    if (taken.take(at.x - half - 4, at.y - 9, 2 * half + 8, 18)) write(context, region.label, at.x, at.y);
  }
  context.font = `520 12px ${family}`;
  context.textAlign = 'left';
  context.lineWidth = 3;
  const { nodes } = network;
  const grow = growth(view);
  let written = 0;
  for (let node = 0; node < nodes.id.length && written < mostLabels; node++) {
    const size = (nodes.size[node] ?? 0) * grow;
    if (size < network.labelThreshold && node >= nodes.named) continue;
    const at = toScreen(ground, view, nodes.x[node] ?? 0, nodes.y[node] ?? 0);
    if (at.x < 0 || at.x > width || at.y < 0 || at.y > height) continue;
    const label = nodes.label[node] ?? '';
    const left = at.x + size + 4;
    if (!taken.take(left - 2, at.y - 7, label.length * letter + 6, 14)) continue;
    write(context, label, left, at.y);
    written++;
  }
}

function write(context: CanvasRenderingContext2D, text: string, x: number, y: number): void {
  context.strokeText(text, x, y);
  context.fillText(text, x, y);
}

/** Draws one node out of all others: its ring, its ties where those are not shown otherwise, and its name. */
export function pointOut(context: CanvasRenderingContext2D, network: NetworkDrawing, ground: Ground, view: View, look: NetworkLook, node: number, withTies: boolean): void {
  const { nodes, edges } = network;
  const place = (one: number) => toScreen(ground, view, nodes.x[one] ?? 0, nodes.y[one] ?? 0);
  const at = place(node);
  const size = (nodes.size[node] ?? 0) * growth(view);
  context.clearRect(0, 0, ground.width, ground.height);
  if (withTies) {
    context.strokeStyle = look.accent;
    context.lineWidth = 1.2;
    context.beginPath();
    for (let edge = 0; edge < edges.source.length; edge++) {
      if (edges.source[edge] !== node && edges.target[edge] !== node) continue;
      const to = place((edges.source[edge] === node ? edges.target[edge] : edges.source[edge]) ?? 0);
      context.moveTo(at.x, at.y);
      context.lineTo(to.x, to.y);
    }
    context.stroke();
  }
  context.strokeStyle = look.ink;
  context.lineWidth = 2;
  context.beginPath();
  context.arc(at.x, at.y, size + 2, 0, Math.PI * 2);
  context.stroke();
  context.font = `560 13px ${family}`;
  context.textBaseline = 'middle';
  const label = nodes.label[node] ?? '';
  const width = context.measureText(label).width + 16;
  const left = at.x + size + 6 + width > ground.width ? at.x - size - 6 - width : at.x + size + 6;
  context.fillStyle = look.card;
  context.strokeStyle = look.line;
  context.lineWidth = 1;
  context.beginPath();
  context.roundRect(left, at.y - 13, width, 26, 7);
  context.fill();
  context.stroke();
  context.fillStyle = look.ink;
  context.fillText(label, left + 8, at.y);
}
