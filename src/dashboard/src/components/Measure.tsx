import type { ComponentChildren } from 'preact';
import { useId, useRef, useState } from 'preact/hooks';
import { briefs } from '../definitions/briefs.generated';
import { Link } from '../routing/router';

export type MeasureId = keyof typeof briefs;

interface Spot {
  readonly left: number;
  readonly top: number;
  readonly above: boolean;
}

/** Where a tip stands for what it explains: below it, or above where there is no room. */
export function spotFor(box: { left: number; top: number; bottom: number }, width: number, height: number): Spot {
  const above = box.bottom + 150 > height && box.top > 150;
  return { left: Math.max(12, Math.min(box.left, width - 332)), top: above ? box.top - 8 : box.bottom + 8, above };
}

/** Shows an explanation while the pointer or the focus is on its children; Escape hides it. */
export function Tip({ text, children }: { readonly text: string; readonly children: (properties: { 'aria-describedby': string | undefined }) => ComponentChildren }) {
  const id = useId();
  const holder = useRef<HTMLSpanElement>(null);
  const [spot, setSpot] = useState<Spot | null>(null);
  const show = () => {
    const box = holder.current?.getBoundingClientRect();
    if (box) setSpot(spotFor(box, innerWidth, innerHeight));
  };
  const hide = () => setSpot(null);
  return (
    <span class="measure" ref={holder} onMouseEnter={show} onMouseLeave={hide} onFocusCapture={show} onBlurCapture={hide} onKeyDown={(event) => event.key === 'Escape' && hide()}>
      {children({ 'aria-describedby': spot ? id : undefined })}
      {spot && (
        <span role="tooltip" id={id} class="tip" style={{ left: `${spot.left}px`, top: `${spot.top}px`, transform: spot.above ? 'translateY(-100%)' : 'none' }}>
          {text}
        </span>
      )}
    </span>
  );
}

/** The name of a measure: says on hover what is counted, and leads to its definition. */
export function Measure({ of, children }: { readonly of: MeasureId; readonly children?: ComponentChildren }) {
  const { title, brief } = briefs[of];
  return (
    <Tip text={brief}>
      {(described) => (
        <Link to={`/measures/${of}`} {...described}>
          {children ?? title}
        </Link>
      )}
    </Tip>
  );
}
