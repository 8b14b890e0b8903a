import type { CameraState, Coordinates } from 'sigma/types';
import { LeanSigma } from './lean';
import { covers, placeBefore } from './sheet';

const settleMs = 120;

/**
 * Sigma on a sheet larger than its window: while hands move, the picture painted last is moved and stretched as a whole,
 * which costs the same however much is on it; it is painted anew when the window comes to its edge, or when hands rest.
 */
export class RoamingSigma extends LeanSigma {
  private painted: CameraState | null = null;
  private moved = { x: 0, y: 0, stretch: 1 };
  private frame = 0;
  private settling: ReturnType<typeof setTimeout> | undefined;

  /** Has to be called once, when all who listen to paintings do. */
  roam(): void {
    this.on('afterRender', () => {
      // Painted where the camera is: nothing that waited to be moved or painted has to be.
      cancelAnimationFrame(this.frame);
      clearTimeout(this.settling);
      this.frame = 0;
      this.painted = this.getCamera().getState();
      this.moved = { x: 0, y: 0, stretch: 1 };
      this.place('');
    });
    super.scheduleRender();
  }

  /** Where on the picture painted last is what is seen at a place. */
  onPicture = (seen: Coordinates): Coordinates => placeBefore(this.moved, seen, this.getDimensions());

  /** What sigma calls whenever its camera has moved. */
  override scheduleRender(): this {
    if (!this.painted) return super.scheduleRender();
    this.frame ||= requestAnimationFrame(() => this.move(this.painted ?? this.getCamera().getState(), this.getCamera().getState()));
    return this;
  }

  override kill(): void {
    cancelAnimationFrame(this.frame);
    clearTimeout(this.settling);
    super.kill();
  }

  private move(from: CameraState, to: CameraState): void {
    this.frame = 0;
    clearTimeout(this.settling);
    const { width, height } = this.getDimensions();
    const middle = this.framedGraphToViewport(from, { cameraState: to });
    const moved = { x: middle.x - width / 2, y: middle.y - height / 2, stretch: from.ratio / to.ratio };
    if (!covers(moved, width, height)) {
      super.scheduleRender();
      return;
    }
    this.moved = moved;
    this.place(`translate(${moved.x}px, ${moved.y}px) scale(${moved.stretch})`);
    this.settle();
  }

  /** Paints once hands rest. A button held down may go on at any time. */
  private settle(): void {
    this.settling = setTimeout(() => (this.getMouseCaptor().isMouseDown ? this.settle() : super.scheduleRender()), settleMs);
  }

  /** Moves all that is painted; what listens to the mouse stays, so that places are told from where the window is. */
  private place(transform: string): void {
    this.getContainer().classList.toggle('moving', transform !== '');
    for (const [name, canvas] of Object.entries(this.getCanvases())) if (name !== 'mouse') canvas.style.transform = transform;
  }
}
