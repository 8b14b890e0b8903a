import Graph from 'graphology';
import Sigma from 'sigma';
import { NodePointProgram } from 'sigma/rendering';
import type { DrawnRegion, NetworkDrawing, NetworkHandlers, NetworkLook, RunningDrawing } from './drawing';

/** How many people are drawn as plain points, which are faster than discs, and with edges hidden while moving. */
const manyNodes = 3000;

/** Draws a network into an element by WebGL. Positions are given; nothing is laid out here. */
export function draw(container: HTMLElement, network: NetworkDrawing, look: NetworkLook, handlers: NetworkHandlers): RunningDrawing {
  const graph = new Graph({ type: 'undirected', multi: false, allowSelfLoops: false });
  fill(graph, network);
  const many = network.nodes.length > manyNodes;
  let hovered: string | null = null;
  let near = new Set<string>();
  const sigma = new Sigma(graph, container, {
    allowInvalidContainer: true,
    renderEdgeLabels: false,
    hideEdgesOnMove: many,
    hideLabelsOnMove: many,
    labelFont: 'Inter, system-ui, sans-serif',
    labelSize: 12,
    labelWeight: '520',
    labelColor: { color: look.ink },
    labelDensity: network.labelDensity ?? 0.6,
    labelGridCellSize: 100,
    labelRenderedSizeThreshold: network.labelThreshold ?? 6,
    defaultEdgeColor: look.line,
    zIndex: !many,
    minCameraRatio: 0.02,
    maxCameraRatio: 3,
    stagePadding: network.padding ?? 36,
    itemSizesReference: 'screen',
    ...(many ? { defaultNodeType: 'point', nodeProgramClasses: { point: NodePointProgram } } : {}),
    defaultDrawNodeHover: (context, data, settings) => {
      context.font = `560 ${settings.labelSize + 1}px ${settings.labelFont}`;
      const text = data.label ?? '';
      const width = context.measureText(text).width + 16;
      const x = data.x + data.size + 6;
      const y = data.y - 13;
      context.fillStyle = look.card;
      context.strokeStyle = look.line;
      context.beginPath();
      context.roundRect(x, y, width, 26, 7);
      context.fill();
      context.stroke();
      context.fillStyle = look.ink;
      context.fillText(text, x + 8, data.y + 4.500);
      context.strokeStyle = look.ink;
      context.lineWidth = 2;
      context.beginPath();
      context.arc(data.x, data.y, data.size + 2, 0, Math.PI * 2);
      context.stroke();
      context.lineWidth = 1;
    },
    nodeReducer: (node, data) => (hovered !== null && node !== hovered && !near.has(node) && !many ? { ...data, color: look.faint, label: null } : data),
    edgeReducer: (edge, data) => {
      if (hovered === null || many) return data;
      return graph.hasExtremity(edge, hovered) ? { ...data, zIndex: 1 } : { ...data, hidden: true };
    },
  });
  let regions = network.regions ?? [];
  const layer = sigma.createCanvasContext('regions').getCanvases()['regions'];
  if (layer) layer.style.pointerEvents = 'none';
  sigma.on('afterRender', () => layer && drawRegions(sigma, layer, regions, look));
  // The first rendering was before anyone listened.
  sigma.scheduleRender();
  sigma.on('enterNode', ({ node }) => {
    hovered = node;
    near = new Set(graph.neighbors(node));
    container.style.cursor = 'pointer';
    if (!many) sigma.refresh({ skipIndexation: true });
    handlers.onHover?.(node);
  });
  sigma.on('leaveNode', () => {
    hovered = null;
    near = new Set();
    container.style.cursor = '';
    if (!many) sigma.refresh({ skipIndexation: true });
    handlers.onHover?.(null);
  });
  sigma.on('clickNode', ({ node }) => handlers.onOpen?.(node));
  return {
    update: (next) => {
      graph.clear();
      fill(graph, next);
      regions = next.regions ?? [];
      sigma.refresh();
    },
    zoom: (by) => void (by > 0 ? sigma.getCamera().animatedZoom({ duration: 180 }) : sigma.getCamera().animatedUnzoom({ duration: 180 })),
    fit: () => void sigma.getCamera().animatedReset({ duration: 220 }),
    lookAt: (node) => {
      const at = sigma.getNodeDisplayData(node);
      if (at) void sigma.getCamera().animate({ x: at.x, y: at.y, ratio: 0.18 }, { duration: 400 });
    },
    end: () => sigma.kill(),
  };
}

function drawRegions(sigma: Sigma, layer: HTMLCanvasElement, regions: readonly DrawnRegion[], look: NetworkLook): void {
  const context = layer.getContext('2d');
  if (!context) return;
  const ratio = devicePixelRatio || 1;
  const { width, height } = sigma.getDimensions();
  if (layer.width !== width * ratio || layer.height !== height * ratio) {
    layer.width = width * ratio;
    layer.height = height * ratio;
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  context.font = '600 13px Inter, system-ui, sans-serif';
  context.textAlign = 'center';
  context.lineJoin = 'round';
  context.lineWidth = 4;
  context.strokeStyle = look.card;
  context.fillStyle = look.ink;
  for (const region of regions) {
    const at = sigma.graphToViewport(region);
    context.strokeText(region.label, at.x, at.y);
    context.fillText(region.label, at.x, at.y);
  }
}

function fill(graph: Graph, network: NetworkDrawing): void {
  for (const node of network.nodes) graph.addNode(node.id, { x: node.x, y: node.y, size: node.size, color: node.colour, label: node.label, forceLabel: node.named ?? false });
  for (const edge of network.edges) {
    if (edge.source === edge.target || graph.hasEdge(edge.source, edge.target)) continue;
    graph.addUndirectedEdge(edge.source, edge.target, { size: edge.width, color: edge.colour });
  }
}
