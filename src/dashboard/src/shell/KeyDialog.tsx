import { useEffect, useRef, useState } from 'preact/hooks';
import { forgetAnswers } from '../api/answers';
import { apiKey, keyRefused } from '../api/client';

/** Asks for a key where the server wants one. */
export function KeyDialog() {
  const dialog = useRef<HTMLDialogElement>(null);
  const [typed, setTyped] = useState('');
  const open = keyRefused.value;
  useEffect(() => {
    if (open && !dialog.current?.open) dialog.current?.showModal();
    if (!open && dialog.current?.open) dialog.current.close();
  }, [open]);
  const use = (key: string | null) => {
    forgetAnswers();
    apiKey.value = key;
    keyRefused.value = false;
    setTyped('');
  };
  return (
    <dialog class="key-dialog" ref={dialog} aria-labelledby="key-title" onClose={() => (keyRefused.value = false)}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (typed.trim()) use(typed.trim());
        }}
      >
        <div>
          <h2 id="key-title">{apiKey.value === null ? 'This server asks for a key' : 'Use another key'}</h2>
          <p class="muted small">Whoever runs the server makes keys. Yours is kept in this browser tab only, and sent to this server only.</p>
        </div>
        <label class="field">
          API key
          <input class="input" type="password" autocomplete="off" value={typed} onInput={(event) => setTyped(event.currentTarget.value)} />
        </label>
        <div class="actions">
          <button type="submit" class="button primary" disabled={!typed.trim()}>
            Use this key
          </button>
          {apiKey.value !== null && (
            <button type="button" class="button" onClick={() => use(null)}>
              Forget the key
            </button>
          )}
          <button type="button" class="button quiet" onClick={() => (keyRefused.value = false)}>
            Cancel
          </button>
        </div>
      </form>
    </dialog>
  );
}
