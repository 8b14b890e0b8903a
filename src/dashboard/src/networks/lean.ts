import Sigma from 'sigma';
import type { EdgeProgramType, NodeProgramType } from 'sigma/rendering';

/** What sigma calls of the WebGL of its layer of nodes pointed at. */
const nothing = { blendFunc: () => undefined, viewport: () => undefined, clear: () => undefined, getExtension: () => null };

/**
 * Sigma without a third WebGL: who is pointed at is drawn whole on the layer of their name. Every WebGL and every shader takes a
 * tenth of a second to make where there is no graphics card, and every layer costs with every frame.
 */
export class LeanSigma extends Sigma {
  override createCanvas(id: string, options?: Parameters<Sigma['createCanvas']>[1]): HTMLCanvasElement {
    const canvas = super.createCanvas(id, options);
    if (id === 'hoverNodes') canvas.getContext = (() => nothing) as unknown as typeof canvas.getContext;
    return canvas;
  }
}

/** Draws nothing and prepares no shader: for kinds of nodes and edges that sigma asks a program for and nobody draws. */
class NoProgram {
  drawLabel = undefined;
  drawHover = undefined;
  kill(): void {
    return undefined;
  }
  reallocate(): void {
    return undefined;
  }
  process(): void {
    return undefined;
  }
  render(): void {
    return undefined;
  }
}

export const noNodes: NodeProgramType = NoProgram;
export const noEdges: EdgeProgramType = NoProgram;
