/** A node as its name needs it: where it stands on the screen, and what is written. */
interface Named {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly label: string | null;
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Writes names beside nodes so that no two lie over each other: a name that finds no room is left out, and shows when its node is pointed at. */
export class NamesApart {
  #written: Box[] = [];

  /** Begins a new picture. */
  clear(): void {
    this.#written = [];
  }

  write(context: CanvasRenderingContext2D, node: Named, labelSize: number, colour: string): void {
    if (!node.label) return;
    context.font = `520 ${labelSize}px Inter Variable, Inter, system-ui, sans-serif`;
    const left = node.x + node.size + 3;
    const box = { left, right: left + context.measureText(node.label).width, top: node.y - labelSize * 0.62, bottom: node.y + labelSize * 0.62 };
    if (!this.takes(box)) return;
    context.fillStyle = colour;
    context.fillText(node.label, left, node.y + labelSize / 3);
  }

  /** Whether a box has room among those written in this picture, and then it is one of them. */
  takes(box: Box): boolean {
    if (this.#written.some((other) => box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom)) return false;
    this.#written.push(box);
    return true;
  }
}
