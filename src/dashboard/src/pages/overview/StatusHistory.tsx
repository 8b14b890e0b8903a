import { useCallback } from 'preact/hooks';
import type { Schemas } from '../../api/client';
import { Chart, type ChartLook, timeAxis, valueAxis } from '../../charts/Chart';
import { statusColourNow, statuses } from '../../components/Status';
import { compact, count } from '../../format/numbers';
import { date, monthOf } from '../../format/times';
import { lookedAtMs } from '../../time/asOf';

type Timeline = Schemas['TimelineAnswer'];

/** Relationships by status over time, stacked from cold below to warm above. */
export function StatusHistory({ timeline, height }: { readonly timeline: Timeline; readonly height: number }) {
  const at = lookedAtMs();
  const option = useCallback((look: ChartLook) => statusHistoryOption(timeline, at, look), [timeline, at]);
  return <Chart option={option} height={height} label={describe(timeline)} />;
}

export function statusHistoryOption(timeline: Timeline, at: number, look: ChartLook) {
  const order = [...statuses].reverse();
  return {
    xAxis: { ...timeAxis(look), max: timeline.to },
    yAxis: valueAxis(look, compact),
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      backgroundColor: look.card,
      borderColor: look.line,
      textStyle: { color: look.ink, fontFamily: look.font, fontSize: 12 },
      formatter: (points: readonly { readonly seriesName: string; readonly value: readonly [string, number] }[]) =>
        [monthOf(points[0]?.value[0]), ...[...points].reverse().map((point) => `${point.seriesName}: ${count(point.value[1])}`)].join('\n'),
    },
    series: order.map((status, index) => ({
      name: status,
      type: 'line',
      stack: 'all',
      symbol: 'none',
      lineStyle: { width: 0.8, color: look.card },
      areaStyle: { color: statusColourNow(status), opacity: 0.92 },
      emphasis: { disabled: true },
      data: timeline.points.map((point) => [point.at, point.statuses[status] ?? 0]),
      ...(index === 0 ? { markLine: { silent: true, symbol: 'none', label: { show: false }, lineStyle: { color: look.ink, type: 'solid', width: 1.5 }, data: [{ xAxis: at }] } } : {}),
    })),
  };
}

function describe(timeline: Timeline): string {
  const [first, last] = [timeline.points[0], timeline.points.at(-1)];
  const active = last?.statuses['active'] ?? 0;
  return `Relationships by status from ${date(timeline.from)} to ${date(timeline.to)}: ${count(first?.dyads)} at first, ${count(last?.dyads)} at last, ${count(active)} of them active. The list beside has the numbers of the chosen date.`;
}
