import type { Schemas } from '../../api/client';
import { EvidenceButton, type EvidenceOf } from '../../components/Evidence';
import { count } from '../../format/numbers';

/** Gives, asks and kinds, out to the left and in to the right. A kind opens its interactions: all of the person's, or those with the other. */
export function Ledger({ ledger, person, other }: { readonly ledger: Schemas['ExchangeLedger']; readonly person: string; readonly other?: string }) {
  const exchanges = Object.entries(ledger.exchanges).filter(([name]) => name !== 'none');
  const kinds = Object.entries(ledger.kinds).sort(([, a], [, b]) => b.out + b.in - a.out - a.in);
  if (exchanges.length === 0 && kinds.length === 0) return <p class="muted">Nothing was exchanged.</p>;
  return (
    <div class="ledger">
      <Rows title="What moved" rows={exchanges} />
      <Rows title="How" rows={kinds} evidence={(kind) => ({ person, with: other, kind: kind, title: `Of the kind ${kind}` })} />
    </div>
  );
}

function Rows({ title, rows, evidence }: {
  readonly title: string;
  readonly rows: readonly (readonly [string, { readonly out: number; readonly in: number }])[];
  readonly evidence?: (name: string) => EvidenceOf;
}) {
  if (rows.length === 0) return null;
  const most = Math.max(1, ...rows.map(([, line]) => Math.max(line.out, line.in)));
  const share = (number: number) => `${Math.sqrt(number / most) * 100}%`;
  return (
    <table>
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">out</th>
          <th scope="col">
            <span class="visually-hidden">of what</span>
          </th>
          <th scope="col">in</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, line]) => (
          <tr key={name}>
            <td class="out">
              <span class="number">{count(line.out)}</span>
              <i style={{ width: share(line.out) }} />
            </td>
            <th scope="row">{evidence ? <EvidenceButton of={evidence(name)}>{name}</EvidenceButton> : name.replaceAll('-', ' ')}</th>
            <td class="in">
              <i style={{ width: share(line.in) }} />
              <span class="number">{count(line.in)}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
