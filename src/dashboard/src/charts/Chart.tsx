import type { EChartsCoreOption, EChartsType } from 'echarts/core';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Bones } from '../components/States';
import { colourOf, theme } from '../shell/theme';

/** The colours and the type of the page, for canvases. */
export interface ChartLook {
  readonly ink: string;
  readonly soft: string;
  readonly line: string;
  readonly card: string;
  readonly accent: string;
  readonly colour: (token: string) => string;
  readonly font: string;
}

/** A chart. What it shows is also said in words or numbers beside it, or in its label. */
export function Chart({ option, label, height }: { readonly option: (look: ChartLook) => EChartsCoreOption; readonly label: string; readonly height: number }) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | null>(null);
  const [ready, setReady] = useState(false);
  const shade = theme.value;

  useEffect(() => {
    let gone = false;
    let observer: ResizeObserver | undefined;
    void import('./echarts').then(({ init }) => {
      if (gone || !place.current) return;
      chart.current = init(place.current, null, { renderer: 'canvas' });
      observer = new ResizeObserver(() => chart.current?.resize());
      observer.observe(place.current);
      setReady(true);
    });
    return () => {
      gone = true;
      observer?.disconnect();
      chart.current?.dispose();
      chart.current = null;
    };
  }, []);

  useEffect(() => {
    chart.current?.setOption({ ...base(lookNow()), ...option(lookNow()) }, { notMerge: true });
  }, [option, ready, shade]);

  return (
    <div class="chart-frame" style={{ height: `${height}px` }}>
      {!ready && <Bones lines={6} />}
      <div class="chart" ref={place} role="img" aria-label={label} style={{ '--height': `${height}px` }} />
    </div>
  );
}

function lookNow(): ChartLook {
  return {
    ink: colourOf('--ink'),
    soft: colourOf('--ink-3'),
    line: colourOf('--line'),
    card: colourOf('--card'),
    accent: colourOf('--accent'),
    colour: colourOf,
    font: 'Inter, system-ui, sans-serif',
  };
}

function base(look: ChartLook): EChartsCoreOption {
  return {
    animationDuration: 250,
    animationDurationUpdate: 150,
    textStyle: { fontFamily: look.font, color: look.soft, fontSize: 12 },
    grid: { left: 4, right: 12, top: 14, bottom: 4, containLabel: true },
    tooltip: {
      trigger: 'axis',
      // Drawn on the canvas: the page's policy admits no styles made from strings.
      renderMode: 'richText',
      backgroundColor: look.card,
      borderColor: look.line,
      textStyle: { color: look.ink, fontFamily: look.font, fontSize: 12 },
      axisPointer: { type: 'line', lineStyle: { color: look.soft, type: 'dotted' } },
    },
  };
}

/** An axis of time, as all charts have it. */
export function timeAxis(look: ChartLook) {
  return {
    type: 'time' as const,
    axisLine: { lineStyle: { color: look.line } },
    axisTick: { show: false },
    splitLine: { show: false },
    axisLabel: { color: look.soft, hideOverlap: true, formatter: { year: '{yyyy}', month: '{MMM}', day: '{d} {MMM}' } },
  };
}

export function valueAxis(look: ChartLook, format?: (value: number) => string) {
  return {
    type: 'value' as const,
    splitNumber: 4,
    axisLabel: { color: look.soft, ...(format ? { formatter: format } : {}) },
    splitLine: { lineStyle: { color: look.line } },
  };
}
