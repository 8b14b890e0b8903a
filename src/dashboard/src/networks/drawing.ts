/**
 * A network that is ready to be drawn, in columns. Positions are in any unit, y upwards; sizes in pixels at full view.
 * People come most important first: they are drawn over those after them, and get their labels before them.
 */
export interface NetworkDrawing {
  /** For about how many people it is: a crowd is drawn simpler. May be more than there are yet. */
  readonly crowd: number;
  readonly nodes: DrawnNodes;
  readonly edges: DrawnEdges;
  /** The colours, which nodes and edges name by place. */
  readonly palette: readonly string[];
  /** Names of parts of it, written above the place they are for; the most important first. */
  readonly regions?: readonly DrawnRegion[];
  /** Kept free around it, in pixels. */
  readonly padding: number;
  /** Nodes smaller than this (as shown) have no label until one zooms in. */
  readonly labelThreshold: number;
}

export interface DrawnNodes {
  readonly id: readonly string[];
  readonly label: readonly string[];
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly size: Float32Array;
  readonly colour: Uint8Array;
  /** How many of the first always have their label. */
  readonly named: number;
}

/** Lines between places of nodes, the most important first. */
export interface DrawnEdges {
  readonly source: Uint32Array;
  readonly target: Uint32Array;
  readonly width: Float32Array;
  readonly colour: Uint8Array;
}

export interface DrawnRegion {
  readonly x: number;
  readonly y: number;
  readonly label: string;
}

export interface NetworkLook {
  readonly ink: string;
  readonly line: string;
  readonly card: string;
  readonly faint: string;
}

export interface NetworkHandlers {
  readonly onOpen?: ((id: string) => void) | undefined;
}

export interface RunningDrawing {
  readonly update: (network: NetworkDrawing) => void;
  readonly zoom: (by: number) => void;
  readonly fit: () => void;
  readonly lookAt: (id: string) => void;
  readonly end: () => void;
}
