import { between, groundOf, growth, moved, toDrawing, zoomed, type Ground, type Point, type View } from './camera';
import type { NetworkDrawing, NetworkHandlers, NetworkLook, RunningDrawing } from './drawing';
import { listen } from './gestures';
import { pointOut, writeLabels } from './labels';
import { Painter, type Rgba } from './painter';
import { Places } from './places';

/** From so many people on, pointing at one draws their ties over the others instead of paling the others. */
const manyNodes = 3000;
/** How much is drawn beyond each edge of the window, of its width and height. */
const beyond = 0.35;
/** By what factor the drawing may be stretched or shrunk before it is drawn anew. */
const mostStretched = 1.7;
const settleMs = 120;
/** While a hand is on it, it is painted anew no oftener than this, even where paper shows at an edge meanwhile. */
const leastBetweenMs = 350;
const reachPixels = 4;

/** Draws a network into an element by WebGL. Positions are given; nothing is laid out here. Fails where there is no WebGL. */
export function draw(container: HTMLElement, network: NetworkDrawing, look: NetworkLook, handlers: NetworkHandlers): RunningDrawing {
  return new Drawing(container, network, look, handlers);
}

/**
 * A drawing larger than its window is painted once and then moved and stretched as a whole, which costs next to nothing
 * however much is on it; it is painted anew when the window comes to its edge, or when hands rest.
 */
class Drawing implements RunningDrawing {
  private readonly sheet = document.createElement('div');
  private readonly canvas = document.createElement('canvas');
  private readonly words = document.createElement('canvas');
  private readonly top = document.createElement('canvas');
  private painter: Painter;
  private places: Places;
  private ground: Ground;
  private view: View;
  private painted: View;
  private isStale = true;
  private isHeld = false;
  private paintedAt = 0;
  private pointed = -1;
  private largest = 0;
  private palette: Rgba[] = [];
  private frame = 0;
  private settling: ReturnType<typeof setTimeout> | undefined;
  private glide: { readonly from: View; readonly to: View; readonly since: number; readonly ms: number } | null = null;
  private readonly resizing: ResizeObserver;
  private readonly deaf: () => void;

  constructor(
    private readonly container: HTMLElement,
    private network: NetworkDrawing,
    private readonly look: NetworkLook,
    private readonly handlers: NetworkHandlers,
  ) {
    this.painter = new Painter(this.canvas);
    this.sheet.className = 'network-sheet';
    this.top.className = 'network-top';
    this.sheet.append(this.canvas, this.words);
    container.append(this.sheet, this.top);
    this.places = new Places(network.nodes);
    this.ground = this.measured();
    this.view = this.painted = this.ground.home;
    this.take(network);
    this.resizing = new ResizeObserver(() => this.resize());
    this.resizing.observe(container);
    this.canvas.addEventListener('webglcontextlost', (event) => event.preventDefault());
    this.canvas.addEventListener('webglcontextrestored', () => {
      this.painter = new Painter(this.canvas);
      this.take(this.network);
    });
    this.deaf = listen(container, {
      hold: (isHeld) => {
        this.isHeld = isHeld;
        this.ask();
      },
      pan: (dx, dy) => this.see(moved(this.ground, this.view, dx, dy)),
      zoom: (at, factor) => this.see(zoomed(this.ground, this.view, at, factor)),
      point: (at) => this.point(at),
      open: (at) => {
        const id = this.network.nodes.id[this.nodeAt(at)];
        if (id !== undefined) this.handlers.onOpen?.(id);
      },
    });
    this.resize();
  }

  update(network: NetworkDrawing): void {
    const fits = this.view === this.ground.home;
    this.network = network;
    this.places = new Places(network.nodes);
    this.ground = this.measured();
    if (fits) this.view = this.ground.home;
    this.pointOut(-1);
    this.take(network);
  }

  zoom(by: number): void {
    this.glideTo(zoomed(this.ground, this.glide?.to ?? this.view, { x: this.ground.width / 2, y: this.ground.height / 2 }, by > 0 ? 1.6 : 1 / 1.6), 180);
  }

  fit(): void {
    this.glideTo(this.ground.home, 220);
  }

  lookAt(id: string): void {
    const node = this.network.nodes.id.indexOf(id);
    if (node < 0) return;
    this.pointOut(node);
    this.glideTo({ x: this.network.nodes.x[node] ?? 0, y: this.network.nodes.y[node] ?? 0, zoom: Math.max(this.view.zoom, 5) }, 400);
  }

  end(): void {
    cancelAnimationFrame(this.frame);
    clearTimeout(this.settling);
    this.resizing.disconnect();
    this.deaf();
    this.sheet.remove();
    this.top.remove();
  }

  private get isMany(): boolean {
    return this.network.nodes.id.length > manyNodes;
  }

  private measured(): Ground {
    return groundOf(this.network.nodes, Math.max(1, this.container.clientWidth), Math.max(1, this.container.clientHeight), this.network.padding);
  }

  private take(network: NetworkDrawing): void {
    this.painter.load(network, this.isMany ? 1 : 0);
    this.palette = network.palette.map(rgbaOf);
    this.largest = network.nodes.size.reduce((most, size) => Math.max(most, size), 0);
    this.colour();
    this.repaint();
  }

  /** Everyone in their colour; with one person pointed at (and few people), the others faint and only that one's ties. */
  private colour(): void {
    const { nodes, edges } = this.network;
    const none: Rgba = [0, 0, 0, 0];
    const of = (place: number | undefined) => this.palette[place ?? 0] ?? none;
    const only = this.isMany ? -1 : this.pointed;
    if (only < 0) {
      this.painter.colour((node) => of(nodes.colour[node]), (edge) => of(edges.colour[edge]));
      return;
    }
    const near = new Set([only]);
    const isTheirs = (edge: number) => edges.source[edge] === only || edges.target[edge] === only;
    for (let edge = 0; edge < edges.source.length; edge++) if (isTheirs(edge)) near.add(edges.source[edge] ?? 0).add(edges.target[edge] ?? 0);
    const faint = rgbaOf(this.look.faint);
    this.painter.colour((node) => (near.has(node) ? of(nodes.colour[node]) : faint), (edge) => (isTheirs(edge) ? of(edges.colour[edge]) : none));
  }

  private resize(): void {
    const fits = this.view === this.ground.home;
    this.ground = this.measured();
    if (fits) this.view = this.ground.home;
    const ratio = devicePixelRatio || 1;
    const { width, height } = this.ground;
    this.sheet.style.inset = `${-beyond * height}px ${-beyond * width}px`;
    for (const canvas of [this.canvas, this.words]) {
      canvas.width = Math.round(width * (1 + 2 * beyond) * ratio);
      canvas.height = Math.round(height * (1 + 2 * beyond) * ratio);
    }
    this.top.width = Math.round(width * ratio);
    this.top.height = Math.round(height * ratio);
    this.repaint();
  }

  private see(view: View): void {
    this.glide = null;
    this.pointOut(-1);
    this.view = view;
    this.ask();
  }

  private glideTo(to: View, ms: number): void {
    this.top.hidden = true;
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.glide = { from: this.view, to, since: performance.now(), ms: isStill ? 0 : ms };
    this.ask();
  }

  private repaint(): void {
    this.isStale = true;
    this.ask();
  }

  private ask(): void {
    this.frame ||= requestAnimationFrame((now) => this.show(now));
  }

  private show(now: number): void {
    this.frame = 0;
    if (this.glide) {
      const { from, to, since, ms } = this.glide;
      const share = ms > 0 ? Math.min(1, (now - since) / ms) : 1;
      this.view = share < 1 ? between(from, to, Math.max(0, share)) : to;
      if (share < 1) this.ask();
      else this.glide = null;
    }
    if (this.isStale || (!this.reaches() && (!this.isHeld || now - this.paintedAt > leastBetweenMs))) this.paint(now);
    const scale = this.ground.scale * this.view.zoom;
    this.sheet.style.transform =
      this.view === this.painted
        ? ''
        : `translate(${(this.painted.x - this.view.x) * scale}px, ${(this.view.y - this.painted.y) * scale}px) scale(${this.view.zoom / this.painted.zoom})`;
    clearTimeout(this.settling);
    if (this.view === this.painted) {
      if (this.pointed >= 0 && !this.glide) this.showPointed();
    } else if (!this.isHeld) this.settling = setTimeout(() => this.repaint(), settleMs);
  }

  /** Whether what is painted covers the window, and is not stretched too much. */
  private reaches(): boolean {
    const { ground, view, painted } = this;
    const stretch = view.zoom / painted.zoom;
    if (stretch > mostStretched || stretch < 1 / mostStretched) return false;
    const scale = ground.scale * view.zoom;
    const spare = (extent: number) => extent * (0.5 + beyond) * stretch - extent / 2;
    return Math.abs(view.x - painted.x) * scale <= spare(ground.width) && Math.abs(view.y - painted.y) * scale <= spare(ground.height);
  }

  private paint(now: number): void {
    const ratio = devicePixelRatio || 1;
    const { width, height, scale, home } = this.ground;
    const whole: Ground = { width: width * (1 + 2 * beyond), height: height * (1 + 2 * beyond), scale, home };
    this.painter.paint(whole, this.view, ratio, rgbaOf(this.look.card));
    // In memory: what is written anew each time is no use to a graphics processor.
    const context = this.words.getContext('2d', { willReadFrequently: true });
    context?.setTransform(ratio, 0, 0, ratio, 0, 0);
    if (context) writeLabels(context, this.network, whole, this.view, this.look);
    this.painted = this.view;
    this.isStale = false;
    this.paintedAt = now;
  }

  private nodeAt(at: Point): number {
    const place = toDrawing(this.ground, this.view, at.x, at.y);
    const pixels = this.ground.scale * this.view.zoom;
    return this.places.at(place.x, place.y, growth(this.view) / pixels, reachPixels / pixels, this.largest);
  }

  private point(at: Point | null): void {
    const node = at ? this.nodeAt(at) : -1;
    if (node === this.pointed) return;
    this.pointOut(node);
  }

  private pointOut(node: number): void {
    if (node === this.pointed) return;
    this.pointed = node;
    this.container.style.cursor = node >= 0 ? 'pointer' : '';
    this.top.hidden = true;
    if (this.isMany) {
      if (node >= 0) this.ask();
      return;
    }
    this.colour();
    this.repaint();
  }

  private showPointed(): void {
    const context = this.top.getContext('2d');
    if (!context) return;
    const ratio = devicePixelRatio || 1;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    pointOut(context, this.network, this.ground, this.view, this.look, this.pointed, this.isMany);
    this.top.hidden = false;
  }
}

/** A colour of a style sheet in bytes, as the browser reads it. */
function rgbaOf(colour: string): Rgba {
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  if (!context) return [0, 0, 0, 255];
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, alpha = 255] = context.getImageData(0, 0, 1, 1).data;
  return [red, green, blue, alpha];
}
