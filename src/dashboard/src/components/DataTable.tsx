import type { ComponentChildren } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { count } from '../format/numbers';

export interface Column<T> {
  readonly key: string;
  readonly title: ComponentChildren;
  readonly cell: (row: T) => ComponentChildren;
  /** What to sort by; a column without it cannot be sorted. */
  readonly by?: (row: T) => number | string | null;
  readonly end?: boolean;
  readonly narrowHide?: boolean;
  readonly class?: string;
}

export interface Order {
  readonly key: string;
  readonly down: boolean;
}

/** The rows in an order; what has no value stands at the end either way. Rows that are equal keep their order. */
export function sorted<T>(rows: readonly T[], columns: readonly Column<T>[], order: Order | null): readonly T[] {
  const by = columns.find((column) => column.key === order?.key)?.by;
  if (!by || !order) return rows;
  return [...rows].sort((a, b) => {
    const x = by(a);
    const y = by(b);
    if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1;
    const sign = typeof x === 'string' && typeof y === 'string' ? x.localeCompare(y) : Number(x) - Number(y);
    return order.down ? -sign : sign;
  });
}

/** A table whose columns sort. Shows a first part of long ones, and more when asked. */
export function DataTable<T>(properties: {
  readonly rows: readonly T[];
  readonly columns: readonly Column<T>[];
  readonly rowKey: (row: T) => string;
  readonly caption: string;
  readonly first?: Order;
  readonly atOnce?: number;
}) {
  const { rows, columns, rowKey, caption, first, atOnce = 25 } = properties;
  const [order, setOrder] = useState<Order | null>(first ?? null);
  const [shown, setShown] = useState(atOnce);
  const inOrder = useMemo(() => sorted(rows, columns, order), [rows, columns, order]);
  const classOf = (column: Column<T>) => [column.end ? 'end' : '', column.narrowHide ? 'narrow-hide' : '', column.class ?? ''].filter(Boolean).join(' ') || undefined;
  return (
    <>
      <div class="table-frame" tabIndex={0} role="region" aria-label={caption}>
        <table class="table">
          <caption class="visually-hidden">{caption}</caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column.key} scope="col" class={classOf(column)} aria-sort={order?.key === column.key ? (order.down ? 'descending' : 'ascending') : undefined}>
                  {column.title}
                  {column.by && (
                    <button
                      type="button"
                      aria-label={`Sort by ${column.key}`}
                      onClick={() => setOrder({ key: column.key, down: order?.key === column.key ? !order.down : typeof column.by?.(rows[0] as T) === 'number' })}
                    >
                      <span class="arrow" aria-hidden="true">
                        {order?.key === column.key ? (order.down ? '↓' : '↑') : '↕'}
                      </span>
                    </button>
                  )}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {inOrder.slice(0, shown).map((row) => (
              <tr key={rowKey(row)}>
                {columns.map((column) => (
                  <td key={column.key} class={classOf(column)}>
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > shown && (
        <div class="table-foot">
          <span>
            {count(shown)} of {count(rows.length)}
          </span>
          <button type="button" class="button small" onClick={() => setShown(shown + Math.max(100, atOnce))}>
            Show more
          </button>
        </div>
      )}
    </>
  );
}
