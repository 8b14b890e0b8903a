import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { useAnswer } from '../api/answers';
import type { Schemas } from '../api/client';
import { dateTime } from '../format/times';
import { asOf } from '../time/asOf';
import { Icon } from './Icon';
import { NameText, PersonName } from './PersonName';
import { Empty, Shown } from './States';

/** Which interactions to show: those of a person, with another or of a kind. */
export interface EvidenceOf {
  readonly person: string;
  readonly with?: string | undefined;
  readonly kind?: Schemas['InteractionAnswer']['kind'] | undefined;
  readonly title: string;
  /** Only these, where a measure names them. */
  readonly ids?: readonly string[] | undefined;
}

const shown = signal<EvidenceOf | null>(null);

/** Opens the interactions that a score rests on. */
export function showEvidence(of: EvidenceOf): void {
  shown.value = of;
}

/** A link that opens the interactions behind a number. */
export function EvidenceButton({ of, children }: { readonly of: EvidenceOf; readonly children: string }) {
  return (
    <button type="button" class="link-button" onClick={() => showEvidence(of)}>
      {children}
    </button>
  );
}

/** The drawer; stands once in the page. */
export function EvidenceDrawer() {
  const dialog = useRef<HTMLDialogElement>(null);
  const of = shown.value;
  useEffect(() => {
    if (of && !dialog.current?.open) dialog.current?.showModal();
    if (!of && dialog.current?.open) dialog.current.close();
  }, [of]);
  return (
    <dialog
      class="drawer"
      ref={dialog}
      aria-labelledby="evidence-title"
      // Told a moment after it closed, when it may have been opened again.
      onClose={() => !dialog.current?.open && (shown.value = null)}
      onClick={(event) => event.target === event.currentTarget && (shown.value = null)}
    >
      <div class="drawer-head">
        <div>
          <h2 id="evidence-title">{of?.title}</h2>
          <p class="muted small">The interactions this rests on, newest first. Their text is never stored.</p>
        </div>
        <button type="button" class="button quiet" aria-label="Close" onClick={() => (shown.value = null)}>
          <Icon name="close" />
        </button>
      </div>
      <div class="drawer-body">{of && <Events of={of} />}</div>
    </dialog>
  );
}

/** The interactions that a score rests on, newest first; of those at most so many. */
export function Events({ of, atMost }: { readonly of: EvidenceOf; readonly atMost?: number }) {
  const answer = useAnswer('/v1/people/{id}/interactions', {
    path: { id: of.person },
    query: { asOf: asOf.value, limit: of.ids ? 1000 : (atMost ?? 100), with: of.with, kind: of.kind } as never,
  });
  return (
    <Shown of={answer} lines={atMost ?? 10} {...(atMost ? { height: atMost * 43 } : {})}>
      {(page) => {
        const items = of.ids ? page.items.filter((item) => of.ids?.includes(item.id)) : page.items;
        if (items.length === 0) return <Empty title="No interactions">There are none up to this date.</Empty>;
        return (
          <>
            <ul class="events plain">
              {items.map((item) => (
                <Event key={item.id} item={item} person={of.person} />
              ))}
            </ul>
            {page.nextCursor && !of.ids && !atMost && <p class="muted small">These are the newest {items.length}.</p>}
          </>
        );
      }}
    </Shown>
  );
}

function Event({ item, person }: { readonly item: Schemas['InteractionAnswer']; readonly person: string }) {
  const isMutual = item.kind === 'meeting' || item.kind === 'call';
  const isOut = item.from === person;
  const others = isOut ? item.to : [item.from];
  const details = [item.exchange === 'none' ? null : item.exchange, item.venue ? `at ${item.venue}` : null, item.channel, item.setting === 'professional' ? null : item.setting];
  return (
    <li>
      <span class="muted" title={isMutual ? 'mutual' : isOut ? 'out' : 'in'}>
        <Icon name={isMutual ? 'both' : isOut ? 'out' : 'in'} size={16} />
        <span class="visually-hidden">{isMutual ? 'mutual' : isOut ? 'out' : 'in'}</span>
      </span>
      <span>
        <strong>{item.kind}</strong> {others.length === 0 ? '' : isMutual ? 'with ' : isOut ? 'to ' : 'from '}
        {others.length > 2 ? `${others.length} people` : others.map((id, index) => [index > 0 ? ' and ' : '', <NameText key={id} id={id} />])}
        {item.about && (
          <>
            {' '}
            about <PersonName id={item.about} detail={false} />
          </>
        )}
        <span class="muted small"> {details.filter(Boolean).join(' · ')}</span>
      </span>
      <time dateTime={item.at}>{dateTime(item.at)}</time>
    </li>
  );
}
