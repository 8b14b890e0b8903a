import { useMemo } from 'preact/hooks';
import type { Schemas } from '../../api/client';
import { nameOf, personOf } from '../../api/names';
import { statusColour, statuses } from '../../components/Status';
import { egoDrawing } from '../../networks/ego';
import { NetworkView } from '../../networks/NetworkView';
import { addressTo, go, personPath } from '../../routing/router';
import { colourOf, theme } from '../../shell/theme';

export function EgoNetwork({ person, ties }: { readonly person: string; readonly ties: readonly Schemas['Tie'][] }) {
  const shade = theme.value;
  // Names arrive one by one; the drawing follows at most once a render.
  const names = ties.slice(0, 40).map((tie) => nameOf(personOf(tie.person).value)).join('\n') + nameOf(personOf(person).value);
  const drawing = useMemo(() => {
    void shade;
    void names;
    return egoDrawing(person, ties, (id) => nameOf(personOf(id).peek()), (status) => colourOf(statusColour(status).slice(4, -1)), colourOf('--ink'));
  }, [person, ties, shade, names]);
  const there = statuses.filter((status) => ties.some((tie) => tie.status === status));
  return (
    <>
      <NetworkView network={drawing} height={420} label={`Network of ${nameOf(personOf(person).value)}: ${ties.length} ties. The table of ties below says the same.`} onOpen={(id) => go(addressTo(personPath(id)))} />
      <ul class="plain legend">
        {there.map((status) => (
          <li key={status}>
            <span class="dot" style={{ '--dot': statusColour(status) }} />
            {status} <span class="muted number">{ties.filter((tie) => tie.status === status).length}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
