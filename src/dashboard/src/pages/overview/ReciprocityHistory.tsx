import { useCallback } from 'preact/hooks';
import type { Schemas } from '../../api/client';
import { Chart, type ChartLook, timeAxis, valueAxis } from '../../charts/Chart';
import { percent } from '../../format/numbers';
import { monthOf } from '../../format/times';
import { lookedAtMs } from '../../time/asOf';

/** How mutual the network has been over time: share of ties answered, and share of strength returned. */
export function ReciprocityHistory({ timeline, height }: { readonly timeline: Schemas['TimelineAnswer']; readonly height: number }) {
  const at = lookedAtMs();
  const option = useCallback(
    (look: ChartLook) => ({
      xAxis: timeAxis(look),
      yAxis: { ...valueAxis(look, (value) => percent(value)), min: 0, max: 1, interval: 0.25 },
      tooltip: {
        trigger: 'axis',
        renderMode: 'richText',
        backgroundColor: look.card,
        borderColor: look.line,
        textStyle: { color: look.ink, fontFamily: look.font, fontSize: 12 },
        formatter: (points: readonly { readonly seriesName: string; readonly value: readonly [string, number | null] }[]) =>
          [monthOf(points[0]?.value[0]), ...points.map((point) => `${point.seriesName}: ${percent(point.value[1])}`)].join('\n'),
      },
      series: [
        {
          name: 'ties answered',
          type: 'line',
          symbol: 'none',
          smooth: 0.2,
          lineStyle: { width: 2.5, color: look.accent },
          data: timeline.points.map((point) => [point.at, point.r]),
          markLine: { silent: true, symbol: 'none', label: { show: false }, lineStyle: { color: look.ink, type: 'solid', width: 1.5 }, data: [{ xAxis: at }] },
        },
        { name: 'strength returned', type: 'line', symbol: 'none', smooth: 0.2, lineStyle: { width: 2.5, color: look.colour('--s-new') }, data: timeline.points.map((point) => [point.at, point.weighted]) },
      ],
    }),
    [timeline, at],
  );
  return (
    <>
      <Chart option={option} height={height} label={`Reciprocity over time, ending at ${percent(timeline.points.at(-1)?.r)} of ties answered.`} />
      <ul class="plain legend">
        <li>
          <span class="dot" style={{ '--dot': 'var(--accent)' }} /> ties answered
        </li>
        <li>
          <span class="dot" style={{ '--dot': 'var(--s-new)' }} /> strength returned
        </li>
      </ul>
    </>
  );
}
