import type Sigma from 'sigma';
import type { Coordinates, MouseCoords } from 'sigma/types';

/** Nowhere on a picture, whatever its size and however it is stretched. */
const away: Coordinates = { x: -1e6, y: -1e6 };
/** So far a mouse that is held may shake, as sigma sees it, and still click. */
const steady = 3;

/**
 * Keeps true who is pointed at. Sigma asks who is under the mouse only when the mouse moves, looks there as if the picture
 * were where it was painted, and never forgets whom a mouse that leaves or a finger that lifts pointed at last. Here it looks
 * where the picture is, asks again when the picture was painted, and forgets; while the picture is dragged nobody is pointed at.
 * @param onPicture where on the picture painted last is what is seen at a place.
 */
export function followPointer(sigma: Sigma, onPicture: (seen: Coordinates) => Coordinates): void {
  const [mouse, touch] = [sigma.getMouseCaptor(), sigma.getTouchCaptor()];
  const sheet = sigma.getContainer();
  const listens = sigma.getCanvases()['mouse'];
  let last: MouseCoords | null = null;

  // Before sigma's own listeners, which look at the place they are told.
  for (const event of ['mousemove', 'click', 'doubleClick', 'rightClick', 'mousedown', 'mouseup'] as const) mouse.prependListener(event, (at) => Object.assign(at, onPicture(at)));
  for (const event of ['touchdown', 'tap', 'doubletap'] as const) touch.prependListener(event, ({ touches, previousTouches }) => [...touches, ...previousTouches].forEach((at) => Object.assign(at, onPicture(at))));
  touch.prependListener('touchmove', ({ touches }) => touches.forEach((at) => Object.assign(at, away)));

  const ask = (at: MouseCoords) => mouse.emit('mousemove', at);
  const askAgain = () => {
    if (!last || mouse.isMouseDown || !(last.original instanceof MouseEvent)) return;
    const { clientX, clientY } = last.original;
    ask(document.elementFromPoint(clientX, clientY) === listens ? { ...last } : { ...last, ...away });
  };
  mouse.on('mousemovebody', (at) => {
    last = { ...at };
    // Nothing that happens to a dragged picture is asked about: asking waits for all that is being painted.
    if (mouse.isMouseDown && mouse.draggedEvents >= steady) sheet.classList.add('held');
  });
  mouse.on('mouseup', () => sheet.classList.remove('held'));
  mouse.on('mouseleave', (at) => {
    last = null;
    ask({ ...at, ...away });
  });
  touch.on('touchup', ({ original, ...rest }) => ask({ ...rest, ...away, original }));
  sigma.on('afterRender', askAgain);
}
