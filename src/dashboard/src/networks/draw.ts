import Graph from 'graphology';
import type Sigma from 'sigma';
import { EdgeLineProgram, EdgeRectangleProgram, NodePointProgram } from 'sigma/rendering';
import type { Settings } from 'sigma/settings';
import type { NodeDisplayData, PartialButFor } from 'sigma/types';
import type { DrawnNodes, DrawnRegion, NetworkDrawing, NetworkHandlers, NetworkLook, RunningDrawing } from './drawing';
import { LeanSigma, noEdges, noNodes } from './lean';
import { NamesApart } from './names';
import { followPointer } from './pointing';
import { RoamingSigma } from './roaming';
import { beyond } from './sheet';

/** From so many people on the picture is larger than its window, and moved as a whole. */
const roamingNodes = 200;
/** From so many people on they are points and their ties thin lines, which are painted faster. */
const manyNodes = 3000;
/** In so many steps from near to far do lines between many people get fainter. */
const faintest = 7;
const [nearOpacity, farOpacity] = [0.5, 0.12];
/** Of the width of the whole: what is as far as that is far. */
const farShare = 0.35;
const family = 'Inter Variable, Inter, system-ui, sans-serif';

/** Draws a network into an element by WebGL. Positions are given; nothing is laid out here. Fails where there is no WebGL. */
export function draw(container: HTMLElement, network: NetworkDrawing, look: NetworkLook, handlers: NetworkHandlers): RunningDrawing {
  const many = network.crowd > manyNodes;
  const roams = network.crowd > roamingNodes;
  const sheet = document.createElement('div');
  sheet.className = 'network-sheet';
  if (roams) sheet.style.inset = `${-100 * beyond}%`;
  container.append(sheet);
  const focus = { on: null as string | null, near: new Set<string>() };
  const padding = () => network.padding + (roams ? beyond * Math.min(container.clientWidth, container.clientHeight) : 0);
  const start = graphOf(network, many);
  const names = new NamesApart();
  const settings: Partial<Settings> = {
    allowInvalidContainer: true,
    labelFont: family,
    labelSize: 12,
    labelWeight: '520',
    labelColor: { color: look.ink },
    labelDensity: many ? 0.2 : 1,
    labelGridCellSize: 100,
    labelRenderedSizeThreshold: network.labelThreshold,
    defaultEdgeColor: look.line,
    zIndex: !many,
    minCameraRatio: 0.02,
    maxCameraRatio: 3,
    // Names are read upright.
    enableCameraRotation: false,
    stagePadding: padding(),
    itemSizesReference: 'screen',
    defaultDrawNodeLabel: (context, data, { labelSize }) => names.write(context, data, labelSize, look.ink),
    defaultDrawNodeHover: (context, data, { labelSize }) => pointOut(context, data, labelSize, look),
    edgeProgramClasses: { line: many ? EdgeLineProgram : EdgeRectangleProgram, arrow: noEdges },
    nodeHoverProgramClasses: { circle: noNodes },
    ...(many ? { nodeProgramClasses: { circle: NodePointProgram } } : palingOthers(start, focus, look)),
  };
  const sigma = roams ? new RoamingSigma(start, sheet, settings) : new LeanSigma(start, sheet, settings);
  let regions = network.regions ?? [];
  sigma.on('beforeRender', () => names.clear());
  sigma.on('afterRender', () => writeRegions(sigma, regions, look));
  if (sigma instanceof RoamingSigma) sigma.roam();
  // The first painting was before anyone listened.
  else sigma.scheduleRender();
  followPointer(sigma, sigma instanceof RoamingSigma ? sigma.onPicture : (seen) => seen);

  const point = (node: string | null) => {
    focus.on = node;
    focus.near = new Set(node === null ? [] : sigma.getGraph().neighbors(node));
    container.style.cursor = node === null ? '' : 'pointer';
    if (node === null) delete container.dataset['person'];
    else container.dataset['person'] = node;
    if (!many) sigma.refresh({ skipIndexation: true });
  };
  sigma.on('enterNode', ({ node }) => point(node));
  sigma.on('leaveNode', () => point(null));
  sigma.on('clickNode', ({ node }) => handlers.onOpen?.(node));
  const resizing = new ResizeObserver(() => {
    if (sigma.getSetting('stagePadding') !== padding()) sigma.setSetting('stagePadding', padding());
  });
  resizing.observe(container);

  let extent = network.nodes.id.length > 0 ? extentOf(network, null) : null;
  return {
    update: (next) => {
      point(null);
      regions = next.regions ?? [];
      // Who is there changes with the date; where they stand does not.
      extent = extentOf(next, extent);
      sigma.setCustomBBox(extent);
      sigma.setGraph(graphOf(next, many));
    },
    zoom: (by) => void (by > 0 ? sigma.getCamera().animatedZoom({ duration: 180 }) : sigma.getCamera().animatedUnzoom({ duration: 180 })),
    fit: () => void sigma.getCamera().animatedReset({ duration: 220 }),
    lookAt: (node) => {
      const at = sigma.getNodeDisplayData(node);
      if (at) void sigma.getCamera().animate({ x: at.x, y: at.y, ratio: 0.18 }, { duration: 400 });
    },
    end: () => {
      resizing.disconnect();
      sigma.kill();
      sheet.remove();
    },
  };
}

/** The least important first, so that the others are painted over them. */
function graphOf({ nodes, edges, palette }: NetworkDrawing, many: boolean): Graph {
  const graph = new Graph({ type: 'undirected', multi: false, allowSelfLoops: false });
  for (let node = nodes.id.length - 1; node >= 0; node--)
    graph.addNode(nodes.id[node], { x: nodes.x[node], y: nodes.y[node], size: nodes.size[node], color: palette[nodes.colour[node] ?? 0], label: nodes.label[node], forceLabel: node < nodes.named });
  const colourOf = many ? fading(nodes, palette) : (edge: number) => palette[edges.colour[edge] ?? 0];
  for (let edge = 0; edge < edges.source.length; edge++) {
    const [source, target] = [nodes.id[edges.source[edge] ?? 0], nodes.id[edges.target[edge] ?? 0]];
    if (source !== target) graph.mergeUndirectedEdge(source, target, { size: edges.width[edge], color: colourOf(edge) });
  }
  return graph;

  /** Long lines are fainter, or they would cover everything. */
  function fading({ x, y }: DrawnNodes, colours: readonly string[]) {
    const extent = extentOf({ nodes }, null);
    const whole = Math.max(extent.x[1] - extent.x[0], extent.y[1] - extent.y[0]);
    const shades = colours.map((colour) => shadesOf(colour));
    return (edge: number) => {
      const [from, to] = [edges.source[edge] ?? 0, edges.target[edge] ?? 0];
      const share = Math.hypot((x[from] ?? 0) - (x[to] ?? 0), (y[from] ?? 0) - (y[to] ?? 0)) / whole;
      return shades[edges.colour[edge] ?? 0]?.[Math.min(faintest, Math.floor((share / farShare) * faintest))];
    };
  }
}

/** A colour more and more transparent, as sigma's lines take it: each part multiplied by the opacity. */
function shadesOf(colour: string): string[] {
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  if (context) {
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
  }
  const [red = 0, green = 0, blue = 0] = context?.getImageData(0, 0, 1, 1).data ?? [];
  return Array.from({ length: faintest + 1 }, (_, level) => {
    const opacity = nearOpacity * (farOpacity / nearOpacity) ** (level / faintest);
    return `rgba(${[red, green, blue].map((part) => Math.round(part * opacity)).join(',')},${opacity.toFixed(3)})`;
  });
}

type Extent = { x: [number, number]; y: [number, number] };

/** What a drawing takes of the plane, together with what was taken before. */
function extentOf({ nodes }: Pick<NetworkDrawing, 'nodes'>, before: Extent | null): Extent {
  const span = (places: Float32Array, taken: readonly number[]): [number, number] => {
    let [low, high] = [taken[0] ?? Infinity, taken[1] ?? -Infinity];
    for (const place of places) [low, high] = [Math.min(low, place), Math.max(high, place)];
    return low <= high ? [low, high] : [-1, 1];
  };
  return { x: span(nodes.x, before?.x ?? []), y: span(nodes.y, before?.y ?? []) };
}

/** While someone is pointed at: the others faint, and only that person's ties. */
function palingOthers(graph: Graph, focus: { readonly on: string | null; readonly near: ReadonlySet<string> }, look: NetworkLook): Partial<Settings> {
  return {
    nodeReducer: (node, data) => (focus.on === null || node === focus.on || focus.near.has(node) ? data : { ...data, color: look.faint, label: null }),
    edgeReducer: (edge, data) => {
      if (focus.on === null) return data;
      return graph.hasEdge(edge) && graph.hasExtremity(edge, focus.on) ? { ...data, color: look.ink, zIndex: 1 } : { ...data, hidden: true };
    },
  };
}

function pointOut(context: CanvasRenderingContext2D, data: PartialButFor<NodeDisplayData, 'x' | 'y' | 'size' | 'label' | 'color'>, labelSize: number, look: NetworkLook): void {
  context.font = `560 ${labelSize + 1}px ${family}`;
  const text = data.label ?? '';
  const width = context.measureText(text).width + 16;
  const x = data.x + data.size + 6;
  context.fillStyle = look.card;
  context.strokeStyle = look.line;
  context.lineWidth = 1;
  context.beginPath();
  context.roundRect(x, data.y - 13, width, 26, 7);
  context.fill();
  context.stroke();
  context.fillStyle = look.ink;
  context.fillText(text, x + 8, data.y + 4.5);
  context.fillStyle = data.color;
  context.strokeStyle = look.ink;
  context.lineWidth = 2;
  context.beginPath();
  context.arc(data.x, data.y, data.size + 2, 0, Math.PI * 2);
  context.fill();
  context.stroke();
}

/** The most important first, none over another; on sigma's own layer of labels, since each layer costs with every frame. */
function writeRegions(sigma: Sigma, regions: readonly DrawnRegion[], look: NetworkLook): void {
  const context = sigma.getCanvases()['labels']?.getContext('2d');
  if (!context) return;
  context.save();
  context.font = `600 13px ${family}`;
  context.textAlign = 'center';
  context.lineJoin = 'round';
  context.lineWidth = 4;
  context.strokeStyle = look.card;
  context.fillStyle = look.ink;
  const taken: { readonly x: number; readonly y: number; readonly reach: number }[] = [];
  for (const region of regions) {
    const { x, y } = sigma.graphToViewport(region);
    const reach = context.measureText(region.label).width / 2 + 6;
    if (taken.some((other) => Math.abs(other.y - y) < 20 && Math.abs(other.x - x) < other.reach + reach)) continue;
    taken.push({ x, y, reach });
    context.strokeText(region.label, x, y);
    context.fillText(region.label, x, y);
  }
  context.restore();
}
