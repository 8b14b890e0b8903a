import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../components/Icon';
import { Bones, Empty } from '../components/States';
import { colourOf, theme } from '../shell/theme';
import type { NetworkDrawing, RunningDrawing } from './drawing';

/** What draws comes while the page still asks for what to draw; null where it does not come. */
const loaded = import('./draw').then(
  ({ draw }) => draw,
  () => null,
);

/**
 * A network one can look around in. It is drawn on a canvas; whoever shows it lists its people elsewhere too. Given first
 * without its people, what draws gets ready while they are on their way.
 */
export function NetworkView(properties: {
  readonly network: NetworkDrawing;
  readonly label: string;
  readonly height: number | string;
  readonly lookAt?: string | null;
  readonly onOpen?: (id: string) => void;
}) {
  const { network, label, height, lookAt, onOpen } = properties;
  const container = useRef<HTMLDivElement>(null);
  const [running, setRunning] = useState<RunningDrawing | null>(null);
  const [failed, setFailed] = useState(false);
  const latest = useRef({ network, onOpen });
  latest.current = { network, onOpen };
  const drawn = useRef<NetworkDrawing | null>(null);
  const shade = theme.value;

  useEffect(() => {
    let current: RunningDrawing | null = null;
    let gone = false;
    void loaded.then((draw) => {
      if (gone || !container.current) return;
      if (!draw) {
        setFailed(true);
        return;
      }
      try {
        const look = { ink: colourOf('--ink'), line: colourOf('--line-2'), card: colourOf('--card'), faint: colourOf('--line') };
        current = draw(container.current, latest.current.network, look, { onOpen: (id) => latest.current.onOpen?.(id) });
        drawn.current = latest.current.network;
        setRunning(current);
      } catch {
        // No WebGL here: the lists beside the drawing say the same.
        setFailed(true);
      }
    });
    return () => {
      gone = true;
      current?.end();
      setRunning(null);
    };
  }, [shade]);

  // Before the browser shows that nothing is loading any more.
  useLayoutEffect(() => {
    if (!running || drawn.current === network) return;
    drawn.current = network;
    running.update(network);
  }, [network, running]);

  useEffect(() => {
    if (running && lookAt) running.lookAt(lookAt);
  }, [lookAt, running]);

  if (failed)
    return (
      <div style={{ height }}>
        <Empty title="This browser cannot draw it" icon="map">
          Drawing a network needs WebGL. The lists on this page say the same.
        </Empty>
      </div>
    );
  return (
    <div class="network" style={{ height }}>
      <div class="network-canvas" ref={container} role="img" aria-label={label} />
      {(!running || network.nodes.id.length === 0) && <Bones lines={6} />}
      <div class="network-controls">
        <button type="button" class="button small" aria-label="Zoom in" onClick={() => running?.zoom(1)}>
          +
        </button>
        <button type="button" class="button small" aria-label="Zoom out" onClick={() => running?.zoom(-1)}>
          −
        </button>
        <button type="button" class="button small" onClick={() => running?.fit()}>
          <Icon name="map" size={14} />
          Fit
        </button>
      </div>
    </div>
  );
}
