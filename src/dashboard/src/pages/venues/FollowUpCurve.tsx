import { useCallback } from 'preact/hooks';
import type { Schemas } from '../../api/client';
import { Chart, type ChartLook, valueAxis } from '../../charts/Chart';
import { percent } from '../../format/numbers';
import { hoursInWords } from '../../format/times';

type Curve = Schemas['FollowUpCurve'];

/** A follow-up comes within 14 days or never. */
const watchedHours = 14 * 24;

/** The curve as what has been followed up by then (what is open, taken from 1), with its bounds. From nought at nought. */
export function curvePoints(curve: Curve): { readonly done: [number, number][]; readonly low: [number, number][]; readonly high: [number, number][] } {
  const last = curve.steps.at(-1);
  const steps = last && last.hours < watchedHours ? [...curve.steps, { ...last, hours: watchedHours }] : curve.steps;
  const line = (open: (step: Curve['steps'][number]) => number): [number, number][] => [[0, 0], ...steps.map((step): [number, number] => [step.hours, 1 - open(step)])];
  return {
    done: line((step) => step.open),
    low: line((step) => step.high ?? step.open),
    high: line((step) => step.low ?? step.open),
  };
}

export function FollowUpCurve({ curve, height }: { readonly curve: Curve; readonly height: number }) {
  const option = useCallback(
    (look: ChartLook) => {
      const { done, low, high } = curvePoints(curve);
      const band = high.map(([hours, share], index): [number, number] => [hours, share - (low[index]?.[1] ?? 0)]);
      const quiet = { type: 'line', step: 'end', symbol: 'none', silent: true, stack: 'band', lineStyle: { opacity: 0 }, tooltip: { show: false } };
      return {
        xAxis: { type: 'value', max: watchedHours, interval: 48, axisLabel: { color: look.soft, formatter: (hours: number) => `${hours / 24} d` }, splitLine: { show: false }, axisLine: { lineStyle: { color: look.line } } },
        yAxis: { ...valueAxis(look, (share) => percent(share)), min: 0, max: 1, interval: 0.25 },
        tooltip: {
          trigger: 'axis',
          renderMode: 'richText',
          backgroundColor: look.card,
          borderColor: look.line,
          textStyle: { color: look.ink, fontFamily: look.font, fontSize: 12 },
          formatter: (points: readonly { readonly seriesName: string; readonly value: readonly [number, number] }[]) => {
            const point = points.find((one) => one.seriesName === 'followed up');
            return point ? `after ${hoursInWords(point.value[0])}: ${percent(point.value[1])}` : '';
          },
        },
        series: [
          { ...quiet, name: 'low', data: low },
          { ...quiet, name: 'bounds', data: band, areaStyle: { color: look.accent, opacity: 0.16 } },
          { name: 'followed up', type: 'line', step: 'end', symbol: 'none', lineStyle: { width: 2.5, color: look.accent }, data: done },
        ],
      };
    },
    [curve],
  );
  const last = curve.steps.at(-1);
  return <Chart option={option} height={height} label={last ? `${percent(1 - last.open)} are followed up within ${hoursInWords(last.hours)}` : 'Nobody followed up'} />;
}
