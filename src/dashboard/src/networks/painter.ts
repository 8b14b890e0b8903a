import { growth, type Ground, type View } from './camera';
import type { NetworkDrawing } from './drawing';

/** So many lines are drawn in their full colour. */
const linesSeenWhole = 3000;
/** So many, the first, are drawn at full view; nearer, where fewer of all are in view, more of them. */
const linesSeenAtOnce = 9000;

/** A colour as WebGL takes it: four bytes. */
export type Rgba = readonly [number, number, number, number];

const nodeVertex = `#version 300 es
in vec2 place;
in float size;
in vec4 colour;
uniform vec2 scale;
uniform vec2 shift;
uniform float grow;
out vec4 ink;
out float radius;
void main() {
  gl_Position = vec4(place * scale + shift, 0., 1.);
  radius = size * grow;
  gl_PointSize = 2. * radius + 2.;
  ink = colour;
}`;

const nodeFragment = `#version 300 es
precision highp float;
in vec4 ink;
in float radius;
out vec4 pixel;
void main() {
  float distance = length(gl_PointCoord - .5) * (2. * radius + 2.);
  pixel = vec4(ink.rgb, 1.) * ink.a * clamp(radius - distance + .5, 0., 1.);
}`;

// A line is a strip of four corners, half a pixel wider on either side than it is, to be smooth.
const edgeVertex = `#version 300 es
in vec4 ends;
in float width;
in vec4 colour;
uniform vec2 scale;
uniform vec2 shift;
uniform vec2 size;
uniform float thickness;
uniform float opacity;
uniform float fading;
uniform float zoom;
out vec4 ink;
out float across;
out float reach;
void main() {
  vec2 from = (ends.xy * scale + shift) * size;
  vec2 to = (ends.zw * scale + shift) * size;
  vec2 along = to - from;
  float length_ = max(length(along), 1e-4);
  vec2 normal = vec2(-along.y, along.x) / length_;
  float side = float(gl_VertexID & 1) * 2. - 1.;
  reach = max(width * thickness, 1.) * .5;
  across = side * (reach + .5);
  vec2 at = (gl_VertexID > 1 ? to : from) + normal * across;
  gl_Position = vec4(at / size, 0., 1.);
  ink = colour;
  ink.a *= opacity * min(1., width * thickness) * mix(1., .18, fading * smoothstep(.04, .3, length_ / (size.x * zoom)));
}`;

const edgeFragment = `#version 300 es
precision highp float;
in vec4 ink;
in float across;
in float reach;
out vec4 pixel;
void main() {
  pixel = vec4(ink.rgb, 1.) * ink.a * clamp(reach - abs(across) + .5, 0., 1.);
}`;

/** Draws nodes and edges by WebGL 2, which is also done in software where there is no graphics processor. */
export class Painter {
  private readonly gl: WebGL2RenderingContext;
  private readonly nodes: Program;
  private readonly edges: Program;
  private counts = { nodes: 0, edges: 0 };
  /** How much lines across the whole drawing fade, 0 to 1: many of them would hide all else. */
  private fading = 0;
  /** Of lines at full view: tens of thousands of them one over the other would be one grey. */
  private opacity = 1;

  /** Fails where there is no WebGL. */
  constructor(canvas: HTMLCanvasElement) {
    const gl = canvas.getContext('webgl2', { alpha: false, antialias: false, depth: false, powerPreference: 'low-power' });
    if (!gl) throw new Error('There is no WebGL here.');
    this.gl = gl;
    this.nodes = new Program(gl, nodeVertex, nodeFragment, { place: 2, size: 1, colour: 4 }, false);
    this.edges = new Program(gl, edgeVertex, edgeFragment, { ends: 4, width: 1, colour: 4 }, true);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  }

  /** Takes in a network, without its colours. */
  load(network: NetworkDrawing, fading: number): void {
    const { nodes, edges } = network;
    this.fading = fading;
    this.opacity = Math.min(1, Math.sqrt(linesSeenWhole / Math.max(1, Math.min(linesSeenAtOnce, edges.source.length))));
    this.counts = { nodes: nodes.id.length, edges: edges.source.length };
    // Backwards: who comes first is drawn last, over all others.
    const places = new Float32Array(2 * nodes.x.length);
    for (let node = 0, at = places.length; node < nodes.x.length; node++) {
      places[--at] = nodes.y[node] ?? 0;
      places[--at] = nodes.x[node] ?? 0;
    }
    this.nodes.fill('place', places);
    this.nodes.fill('size', nodes.size.slice().reverse());
    const ends = new Float32Array(4 * edges.source.length);
    for (let edge = 0, at = 0; edge < edges.source.length; edge++) {
      const [source, target] = [edges.source[edge] ?? 0, edges.target[edge] ?? 0];
      ends[at++] = nodes.x[source] ?? 0;
      ends[at++] = nodes.y[source] ?? 0;
      ends[at++] = nodes.x[target] ?? 0;
      ends[at++] = nodes.y[target] ?? 0;
    }
    this.edges.fill('ends', ends);
    this.edges.fill('width', edges.width);
  }

  /** Colours for every node and every edge. */
  colour(nodes: (node: number) => Rgba, edges: (edge: number) => Rgba): void {
    const ofNodes = new Uint8Array(4 * this.counts.nodes);
    for (let node = 0; node < this.counts.nodes; node++) ofNodes.set(nodes(node), 4 * (this.counts.nodes - 1 - node));
    this.nodes.fill('colour', ofNodes);
    const ofEdges = new Uint8Array(4 * this.counts.edges);
    for (let edge = 0; edge < this.counts.edges; edge++) ofEdges.set(edges(edge), 4 * edge);
    this.edges.fill('colour', ofEdges);
  }

  /** Draws what a view shows; the ground is as large as the canvas, `ratio` its pixels to a CSS pixel. */
  paint(ground: Ground, view: View, ratio: number, paper: Rgba): void {
    const { gl } = this;
    const [width, height] = [gl.drawingBufferWidth, gl.drawingBufferHeight];
    const pixels = ground.scale * view.zoom;
    const scale = [(2 * pixels) / ground.width, (2 * pixels) / ground.height] as const;
    const shift = [-view.x * scale[0], -view.y * scale[1]] as const;
    gl.viewport(0, 0, width, height);
    gl.clearColor(paper[0] / 255, paper[1] / 255, paper[2] / 255, 1);
    gl.clear(gl.COLOR_BUFFER_BIT);
    this.edges.use({ scale, shift, size: [width / 2, height / 2], thickness: [ratio * view.zoom ** 0.3], zoom: [view.zoom], fading: [this.fading], opacity: [Math.min(1, this.opacity * Math.max(1, view.zoom) ** 0.2)] });
    gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, Math.min(this.counts.edges, Math.round(linesSeenAtOnce * Math.max(1, view.zoom) ** 2)));
    this.nodes.use({ scale, shift, grow: [growth(view) * ratio] });
    gl.drawArrays(gl.POINTS, 0, this.counts.nodes);
  }
}

/** A program with a buffer for each of its attributes: floats, and bytes for what is called colour. */
class Program {
  private readonly program: WebGLProgram;
  private readonly array: WebGLVertexArrayObject;
  private readonly buffers = new Map<string, WebGLBuffer>();

  constructor(
    private readonly gl: WebGL2RenderingContext,
    vertex: string,
    fragment: string,
    attributes: Readonly<Record<string, number>>,
    perInstance: boolean,
  ) {
    this.program = gl.createProgram();
    for (const [type, source] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]] as const) {
      const shader = gl.createShader(type);
      if (!shader) throw new Error('WebGL makes no shader.');
      gl.shaderSource(shader, source);
      gl.compileShader(shader);
      gl.attachShader(this.program, shader);
    }
    gl.linkProgram(this.program);
    if (!gl.getProgramParameter(this.program, gl.LINK_STATUS) && !gl.isContextLost()) throw new Error(gl.getProgramInfoLog(this.program) ?? 'WebGL makes no program.');
    this.array = gl.createVertexArray();
    gl.bindVertexArray(this.array);
    for (const [name, components] of Object.entries(attributes)) {
      const buffer = gl.createBuffer();
      const place = gl.getAttribLocation(this.program, name);
      const isColour = name === 'colour';
      gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
      gl.enableVertexAttribArray(place);
      gl.vertexAttribPointer(place, components, isColour ? gl.UNSIGNED_BYTE : gl.FLOAT, isColour, 0, 0);
      if (perInstance) gl.vertexAttribDivisor(place, 1);
      this.buffers.set(name, buffer);
    }
  }

  fill(attribute: string, values: Float32Array | Uint8Array): void {
    this.gl.bindBuffer(this.gl.ARRAY_BUFFER, this.buffers.get(attribute) ?? null);
    this.gl.bufferData(this.gl.ARRAY_BUFFER, values, this.gl.STATIC_DRAW);
  }

  use(uniforms: Readonly<Record<string, readonly number[]>>): void {
    const { gl } = this;
    gl.useProgram(this.program);
    gl.bindVertexArray(this.array);
    for (const [name, values] of Object.entries(uniforms)) {
      const place = gl.getUniformLocation(this.program, name);
      if (values.length === 2) gl.uniform2fv(place, values);
      else gl.uniform1fv(place, values);
    }
  }
}
