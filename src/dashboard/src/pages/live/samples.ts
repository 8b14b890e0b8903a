/** What the network was at one moment. */
export interface Sample {
  /** Unix ms. */
  readonly at: number;
  readonly position: number;
  readonly interactions: number;
  readonly snapshotAgeMs: number;
  readonly statuses: Readonly<Record<string, number>>;
}

/** Records that were taken in each second between two samples; from the second sample on. */
export function ratesOf(samples: readonly Sample[]): readonly { readonly at: number; readonly perSecond: number }[] {
  return samples.slice(1).map((sample, index) => {
    const before = samples[index] ?? sample;
    const seconds = (sample.at - before.at) / 1000;
    return { at: sample.at, perSecond: seconds > 0 ? Math.max(0, sample.position - before.position) / seconds : 0 };
  });
}

/** How many dyads more or fewer have each status, between the first and the last sample; only what changed. */
export function changesOf(samples: readonly Sample[]): readonly { readonly status: string; readonly change: number }[] {
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last) return [];
  return Object.entries(last.statuses)
    .map(([status, number]) => ({ status, change: number - (first.statuses[status] ?? 0) }))
    .filter(({ change }) => change !== 0);
}
