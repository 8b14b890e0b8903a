/** A network that is ready to be drawn. Positions are in any unit, y upwards; sizes in pixels. */
export interface NetworkDrawing {
  readonly nodes: readonly DrawnNode[];
  readonly edges: readonly DrawnEdge[];
  /** Names of parts of it, written above the place they are for. */
  readonly regions?: readonly DrawnRegion[];
  readonly padding?: number;
  /** How many labels stand beside each other; from 0 up. */
  readonly labelDensity?: number;
  /** Nodes smaller than this have no label until one zooms in. */
  readonly labelThreshold?: number;
}

export interface DrawnNode {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly colour: string;
  readonly label: string;
  /** Whether its label is always there. */
  readonly named?: boolean;
}

export interface DrawnEdge {
  readonly source: string;
  readonly target: string;
  readonly width: number;
  readonly colour: string;
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
  readonly onHover?: ((id: string | null) => void) | undefined;
}

export interface RunningDrawing {
  readonly update: (network: NetworkDrawing) => void;
  readonly zoom: (by: number) => void;
  readonly fit: () => void;
  readonly lookAt: (id: string) => void;
  readonly end: () => void;
}
