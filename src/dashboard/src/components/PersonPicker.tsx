import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { type Schemas } from '../api/client';
import { useAnswer } from '../api/answers';
import { learn, nameOf, personOf } from '../api/names';
import { plural } from '../format/numbers';

type Profile = Schemas['Profile'];

/** A text that follows another once it has been still for a moment. */
export function useSettled(text: string, ms: number): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), ms);
    return () => clearTimeout(timer);
  }, [text, ms]);
  return settled;
}

/** Finds a person by typing. A combobox as WAI-ARIA describes it: arrows choose, Enter takes, Escape closes. */
export function PersonPicker(properties: {
  readonly label: string;
  readonly hideLabel?: boolean;
  readonly value?: string | null;
  readonly placeholder?: string;
  readonly shortcut?: string;
  readonly clearAfter?: boolean;
  readonly onPick: (id: string) => void;
}) {
  const { label, hideLabel, value, placeholder = 'Name, organisation or id', shortcut, clearAfter, onPick } = properties;
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const query = useSettled((typed ?? '').trim(), 120);
  const found = useAnswer(open && query ? '/v1/people' : null, { query: { query, limit: 12 } });
  const items = found.data?.items ?? [];
  // Someone who is not known yet can still be named by their id.
  const byId = query && !found.loading && !items.some((person) => person.id === query);
  const choices: readonly { readonly id: string; readonly person: Profile | null }[] = [...items.map((person) => ({ id: person.id, person })), ...(byId ? [{ id: query, person: null }] : [])];
  const chosen = value ? nameOf(personOf(value).value) : '';

  useEffect(() => {
    if (!shortcut) return;
    const focus = (event: KeyboardEvent) => {
      const isTyping = event.target instanceof HTMLElement && (event.target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName));
      if (event.key !== shortcut || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      input.current?.focus();
    };
    addEventListener('keydown', focus);
    return () => removeEventListener('keydown', focus);
  }, [shortcut]);

  const take = (choice: { readonly id: string; readonly person: Profile | null } | undefined) => {
    if (!choice) return;
    if (choice.person) learn(choice.person);
    setOpen(false);
    setTyped(null);
    if (clearAfter) input.current?.blur();
    onPick(choice.id);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      setAt((before) => (choices.length === 0 ? 0 : (before + (event.key === 'ArrowDown' ? 1 : choices.length - 1)) % choices.length));
    } else if (event.key === 'Enter' && open) {
      event.preventDefault();
      take(choices[at]);
    } else if (event.key === 'Escape') {
      setOpen(false);
      setTyped(null);
    }
  };
  const showList = open && query !== '';
  return (
    <div class="picker">
      <label class={hideLabel ? 'visually-hidden' : 'field'} for={`${id}-input`}>
        {label}
      </label>
      <input
        id={`${id}-input`}
        ref={input}
        class="input"
        type="text"
        role="combobox"
        autocomplete="off"
        spellcheck={false}
        aria-expanded={showList}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={showList && choices[at] ? `${id}-${at}` : undefined}
        placeholder={placeholder}
        value={typed ?? chosen}
        onInput={(event) => {
          setTyped(event.currentTarget.value);
          setOpen(true);
          setAt(0);
        }}
        onFocus={(event) => event.currentTarget.select()}
        onBlur={() => {
          setOpen(false);
          setTyped(null);
        }}
        onKeyDown={onKey}
      />
      <ul class="picker-list" id={`${id}-list`} role="listbox" aria-label={label} hidden={!showList}>
        {choices.map((choice, index) => (
          <li
            key={choice.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === at}
            onMouseEnter={() => setAt(index)}
            onMouseDown={(event) => {
              event.preventDefault();
              take(choice);
            }}
          >
            <div>{choice.person?.name ?? choice.id}</div>
            <div class="muted small">{choice.person ? [choice.person.role, choice.person.organisation].filter(Boolean).join(', ') || choice.id : 'take this as an id'}</div>
          </li>
        ))}
      </ul>
      <span class="visually-hidden" role="status">
        {showList && !found.loading ? `${plural(items.length, 'person', 'people')} found` : ''}
      </span>
    </div>
  );
}
