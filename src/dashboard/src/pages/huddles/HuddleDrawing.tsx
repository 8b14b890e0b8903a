import type { Schemas } from '../../api/client';
import { percent } from '../../format/numbers';
import { initials } from '../introductions/PathDrawing';

const radius = 88;
const middle = 120;

/** A group on a circle: lines for pairs, thick where a favour is likely, dashed where they do not know each other yet. */
export function HuddleDrawing({ huddle, nameOf }: { readonly huddle: Schemas['HuddleAnswer']; readonly nameOf: (id: string) => string }) {
  const at = new Map(
    huddle.people.map((one, index) => {
      const angle = -Math.PI / 2 + (2 * Math.PI * index) / huddle.people.length;
      return [one.person, { x: middle + radius * Math.cos(angle), y: middle + radius * Math.sin(angle) }] as const;
    }),
  );
  return (
    <svg class="huddle-drawing" viewBox="0 0 240 240" role="img" aria-label={`${huddle.people.length} people, ${huddle.evidence.knownPairs} pairs of whom know each other`}>
      {huddle.evidence.pairs.map((pair) => {
        const [a, b] = [at.get(pair.from), at.get(pair.to)];
        if (!a || !b) return null;
        return (
          <line key={`${pair.from} ${pair.to}`} x1={a.x} y1={a.y} x2={b.x} y2={b.y} stroke="var(--accent)" stroke-opacity={0.25 + 0.6 * pair.likelihood} stroke-width={0.8 + 4 * pair.likelihood} stroke-dasharray={pair.known ? undefined : '3 5'}>
            <title>
              {nameOf(pair.from)} and {nameOf(pair.to)}: {percent(pair.likelihood)}
              {pair.known ? '' : ', not in touch yet'}
            </title>
          </line>
        );
      })}
      {huddle.people.map((one) => {
        const place = at.get(one.person);
        return (
          place && (
            <g key={one.person}>
              <circle cx={place.x} cy={place.y} r="19" fill="var(--card)" stroke="var(--accent)" stroke-width="2" />
              <text x={place.x} y={place.y + 4.5} text-anchor="middle" fill="var(--accent)" font-size="13" font-weight="620">
                {initials(nameOf(one.person))}
              </text>
            </g>
          )
        );
      })}
    </svg>
  );
}
