import type { Schemas } from '../api/client';
import { percent, plural } from '../format/numbers';

/** A share with its 95 % bounds: a dot on a band. Of few cases the band is wide, and says so. */
export function Interval({ of }: { readonly of: Schemas['Proportion'] | null | undefined }) {
  if (!of || of.value === null) return <span class="muted">–</span>;
  const [low, high] = [of.low ?? 0, of.high ?? 1];
  const text = `${percent(of.value)} (${of.count} of ${plural(of.of, 'case')}), 95 % between ${percent(low)} and ${percent(high)}`;
  const x = (share: number) => 5 + share * 64;
  return (
    <span class="interval" title={text}>
      <svg width="74" height="12" viewBox="0 0 74 12" role="img" aria-label={text}>
        <line x1="5" x2="69" y1="6" y2="6" stroke="var(--sunk)" stroke-width="4" stroke-linecap="round" />
        <line x1={x(low)} x2={x(high)} y1="6" y2="6" stroke="var(--accent)" stroke-opacity="0.4" stroke-width="4" stroke-linecap="round" />
        <circle cx={x(of.value)} cy="6" r="4" fill="var(--accent)" />
      </svg>
      <span aria-hidden="true">{percent(of.value)}</span>
    </span>
  );
}
