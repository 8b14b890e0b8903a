import { Bar } from '../../components/Figures';
import { statusColour, statuses, StatusBadge, statusMeaning } from '../../components/Status';
import { count, percent, signed } from '../../format/numbers';

/** How many relationships have which status, each with its share and its change. */
export function StatusList({ statuses: counts, before }: { readonly statuses: Readonly<Record<string, number>>; readonly before?: Readonly<Record<string, number>> | undefined }) {
  const total = Math.max(1, Object.values(counts).reduce((sum, one) => sum + one, 0));
  const most = Math.max(1, ...Object.values(counts));
  return (
    <ul class="plain share-list">
      {statuses.map((status) => {
        const number = counts[status] ?? 0;
        return (
          <li key={status} title={`${status}: ${statusMeaning(status)}`}>
            <StatusBadge status={status} />
            <Bar share={number / most} fill={statusColour(status)} />
            <span class="number">
              {count(number)} <span class="visually-hidden">({percent(number / total)})</span>
            </span>
            <span class="number muted small">{before ? signed(number - (before[status] ?? 0)) : ''}</span>
          </li>
        );
      })}
    </ul>
  );
}
