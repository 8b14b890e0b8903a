import { useCallback, useState } from 'preact/hooks';
import type { Schemas } from '../../api/client';
import { Chart, type ChartLook, valueAxis } from '../../charts/Chart';
import { Choice } from '../../components/Choice';
import { Measure } from '../../components/Measure';
import { compact, count, percent } from '../../format/numbers';

type Distribution = Schemas['ReciprocityDistributionAnswer'];
type Shares = Schemas['ShareDistribution'];

const views = ['returned', 'given', 'balance'] as const;
type View = (typeof views)[number];

const titles: Record<View, string> = { returned: 'What people get back', given: 'What people return', balance: 'Balance of relationships' };
const axes: Record<View, string> = { returned: 'share of what they put in that comes back', given: 'share of what they get that they return', balance: 'balance: 0 one-sided, 1 even' };

/** The spread in a sentence: where half of all stand, and how many have nothing. */
export function spreadInWords(view: View, shares: Pick<Shares, 'of' | 'zeros' | 'median'>): string {
  if (shares.median === null) return 'There is nothing to count yet.';
  const half = percent(shares.median);
  const none = shares.zeros === 0 ? '' : ` ${count(shares.zeros)} of ${count(shares.of)} ${view === 'balance' ? 'go one way only' : view === 'returned' ? 'get nothing back' : 'return nothing'}.`;
  if (view === 'balance') return `Half of all relationships have a balance of at most ${half}.${none}`;
  return view === 'returned' ? `Half of all people get back at most ${half} of what they put in.${none}` : `Half of all people return at most ${half} of what they get.${none}`;
}

/** What a column stands for: "80–85 %". */
export function binInWords(bin: number, width: number): string {
  const edge = (at: number) => Math.round(at * width * 100);
  return `${edge(bin)}–${edge(bin + 1)}\u00a0%`;
}

/** How reciprocity is spread over people, and balance over relationships. */
export function ReciprocitySpread({ distribution, height }: { readonly distribution: Distribution; readonly height: number }) {
  const [view, setView] = useState<View>('returned');
  const shares = distribution[view];
  const option = useCallback((look: ChartLook) => spreadOption(view, shares, distribution.binWidth, look), [view, shares, distribution.binWidth]);
  return (
    <div class="spread">
      <Choice label="What is shown" hideLabel value={view} options={views.map((one) => [one, titles[one]] as const)} onChange={setView} />
      <Chart option={option} height={height} label={`${titles[view]}. ${spreadInWords(view, shares)}`} />
      <p class="small">{spreadInWords(view, shares)} <Measure of={view === 'balance' ? 'balance-distribution' : 'reciprocity-distribution'}>What is counted</Measure></p>
    </div>
  );
}

function spreadOption(view: View, shares: Shares, width: number, look: ChartLook) {
  const names = shares.counts.map((_, bin) => binInWords(bin, width));
  return {
    grid: { left: 4, right: 12, top: 14, bottom: 18, containLabel: true },
    xAxis: {
      type: 'category',
      data: names,
      name: axes[view],
      nameLocation: 'middle',
      nameGap: 24,
      nameTextStyle: { color: look.soft, fontSize: 11 },
      axisTick: { show: false },
      axisLine: { lineStyle: { color: look.line } },
      axisLabel: { color: look.soft, interval: (index: number) => index % 5 === 0 || index === names.length - 1, formatter: (_: string, index: number) => percent(index === names.length - 1 ? 1 : index * width), alignMinLabel: 'left', alignMaxLabel: 'right' },
    },
    yAxis: valueAxis(look, compact),
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      backgroundColor: look.card,
      borderColor: look.line,
      textStyle: { color: look.ink, fontFamily: look.font, fontSize: 12 },
      formatter: (points: readonly { readonly dataIndex: number }[]) => {
        const bin = points[0]?.dataIndex ?? 0;
        const whose = view === 'balance' ? 'relationships' : 'people';
        return `${names[bin] ?? ''}: ${count(shares.counts[bin])} ${whose}${bin === 0 && shares.zeros > 0 ? `\n${count(shares.zeros)} of them exactly 0` : ''}`;
      },
    },
    series: [
      { type: 'bar', stack: 'all', barCategoryGap: '12%', itemStyle: { color: look.colour('--s-one-sided') }, data: shares.counts.map((_, bin) => (bin === 0 ? shares.zeros : 0)) },
      { type: 'bar', stack: 'all', itemStyle: { color: look.accent, borderRadius: [2, 2, 0, 0] }, data: shares.counts.map((number, bin) => (bin === 0 ? number - shares.zeros : number)) },
    ],
  };
}
