import { useMemo } from 'preact/hooks';
import type { Schemas } from '../../api/client';
import { learn, nameOf, personOf } from '../../api/names';
import { statusColour, statusColourNow, statuses } from '../../components/Status';
import { plural } from '../../format/numbers';
import { egoDrawing } from '../../networks/ego';
import { NetworkView } from '../../networks/NetworkView';
import { addressTo, go, personPath } from '../../routing/router';
import { colourOf, theme } from '../../shell/theme';

export function EgoNetwork({ ego }: { readonly ego: Schemas['EgoAnswer'] }) {
  const shade = theme.value;
  const name = nameOf(personOf(ego.person).value);
  useMemo(() => ego.neighbours.forEach((one) => one.name && learn({ id: one.person, name: one.name, organisation: one.organisation })), [ego]);
  const drawing = useMemo(() => {
    const names = new Map(ego.neighbours.map((one) => [one.person, one.name ?? one.person]));
    return egoDrawing(ego, (id) => names.get(id) ?? name, (status) => statusColourNow(status, shade), { ink: colourOf('--ink', shade), faint: colourOf('--line', shade) });
  }, [ego, shade, name]);
  const there = statuses.filter((status) => ego.neighbours.some((one) => one.status === status));
  return (
    <>
      <NetworkView
        network={drawing}
        height={440}
        label={`Network of ${name}: ${plural(ego.neighbours.length, 'contact')}, with ${plural(ego.ties.length, 'tie')} between them. The table of ties below lists them.`}
        onOpen={(id) => go(addressTo(personPath(id)))}
      />
      <ul class="plain legend">
        {there.map((status) => (
          <li key={status}>
            <span class="dot" style={{ '--dot': statusColour(status) }} />
            {status} <span class="muted number">{ego.neighbours.filter((one) => one.status === status).length}</span>
          </li>
        ))}
      </ul>
      {ego.degree > ego.neighbours.length && <p class="small muted">The strongest {ego.neighbours.length} of {ego.degree} contacts.</p>}
    </>
  );
}
