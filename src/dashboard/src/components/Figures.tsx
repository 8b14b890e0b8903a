import type { ComponentChildren } from 'preact';
import { percent, plain } from '../format/numbers';
import { date } from '../format/times';
import { Measure, type MeasureId } from './Measure';

/** A share in [0,1] as a bar with its number. */
export function Meter({ share, text, fill }: { readonly share: number | null | undefined; readonly text?: string; readonly fill?: string }) {
  return (
    <span class="meter">
      <Bar share={share} {...(fill ? { fill } : {})} />
      <span>{text ?? percent(share)}</span>
    </span>
  );
}

export function Bar({ share, fill }: { readonly share: number | null | undefined; readonly fill?: string }) {
  const width = Math.max(0, Math.min(1, share ?? 0)) * 100;
  return (
    <span class="bar" aria-hidden="true">
      <span style={{ width: `${width}%`, ...(fill ? { '--fill': fill } : {}) }} />
    </span>
  );
}

/** How even two sides are: what goes out to the left, what comes in to the right, on one scale. */
export function BalanceBar({ out, back, most }: { readonly out: number; readonly back: number; readonly most: number }) {
  const width = (strength: number) => `${most > 0 ? Math.sqrt(strength / most) * 100 : 0}%`;
  return (
    <span class="balance" role="img" aria-label={`out ${plain(out)}, in ${plain(back)}`}>
      <span>
        <i style={{ width: width(out) }} />
      </span>
      <span>
        <i style={{ width: width(back) }} />
      </span>
    </span>
  );
}

/** When a tie lived, on the time of all: first to last contact solid, silence since dotted. */
export function Timespan({ first, last, from, until }: { readonly first: string; readonly last: string; readonly from: number; readonly until: number }) {
  const at = (time: number) => (until > from ? ((time - from) / (until - from)) * 94 + 3 : 3);
  const begin = at(Date.parse(first));
  const end = Math.max(begin, at(Date.parse(last)));
  return (
    <svg class="timespan" width="100" height="14" viewBox="0 0 100 14" role="img" aria-label={`${date(first)} to ${date(last)}`}>
      <line x1={end} x2="97" y1="7" y2="7" stroke="var(--line-2)" stroke-width="1.500" stroke-dasharray="1.500 3.500" stroke-linecap="round" />
      <line x1={begin} x2={end} y1="7" y2="7" stroke="var(--accent)" stroke-width="3" stroke-linecap="round" />
      <circle cx={end} cy="7" r="3" fill="var(--accent)" />
    </svg>
  );
}

/** A small column chart without axes. */
export function Columns({ values, label, width = 120, height = 24 }: { readonly values: readonly number[]; readonly label: string; readonly width?: number; readonly height?: number }) {
  const most = Math.max(1e-9, ...values);
  const step = width / Math.max(1, values.length);
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      {values.map((value, index) => {
        const tall = value > 0 ? Math.max(1.5, (value / most) * height) : 0.5;
        return <rect key={index} x={index * step + 0.5} y={height - tall} width={Math.max(1, step - 1)} height={tall} rx="1" fill={value > 0 ? 'var(--accent)' : 'var(--line-2)'} />;
      })}
    </svg>
  );
}

/** One of the numbers at the head of a page. */
export function Fact({ measure, label, value, change, tone }: {
  readonly measure?: MeasureId;
  readonly label: string;
  readonly value: ComponentChildren;
  readonly change?: ComponentChildren;
  readonly tone?: 'up' | 'down' | undefined;
}) {
  return (
    <div class="fact">
      <dt>{measure ? <Measure of={measure}>{label}</Measure> : label}</dt>
      <dd class="value">{value}</dd>
      <dd class={`change ${tone ?? ''}`}>{change ?? ' '}</dd>
    </div>
  );
}
