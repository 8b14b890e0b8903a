import { useEffect, useRef, useState } from 'preact/hooks';
import { forgetAnswers } from '../api/answers';
import { apiKey, keyDialog } from '../api/client';

/** Asks for a key where the server wants one. */
export function KeyDialog() {
  const dialog = useRef<HTMLDialogElement>(null);
  const ownCloses = useRef(0);
  const [typed, setTyped] = useState('');
  const open = keyDialog.value !== null;
  const wrong = keyDialog.value === 'refused' && apiKey.value !== null;
  useEffect(() => {
    if (open && !dialog.current?.open) dialog.current?.showModal();
    if (!open && dialog.current?.open) {
      ownCloses.current++;
      dialog.current.close();
    }
  }, [open]);
  // Told a moment after it closed, when it may have been asked for again: only what the browser closed (Escape) counts.
  const closed = () => {
    if (ownCloses.current > 0) ownCloses.current--;
    else keyDialog.value = null;
  };
  const use = (key: string | null) => {
    forgetAnswers();
    apiKey.value = key;
    keyDialog.value = null;
    setTyped('');
  };
  return (
    <dialog class="key-dialog" ref={dialog} aria-labelledby="key-title" onClose={closed}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (typed.trim()) use(typed.trim());
        }}
      >
        <div>
          <h2 id="key-title">{apiKey.value === null ? 'This server asks for a key' : wrong ? 'This key is not accepted' : 'Use another key'}</h2>
          {wrong && (
            <p class="bad" role="alert">
              The server does not know the key you gave, or it has expired or been revoked. See that all of it was copied.
            </p>
          )}
          <p class="muted small">Whoever runs the server makes keys (keys create). To see all pages it needs the scope analyst. Yours is kept in this browser tab until it is closed, and sent to this server only.</p>
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
          <button type="button" class="button quiet" onClick={() => (keyDialog.value = null)}>
            Cancel
          </button>
        </div>
      </form>
    </dialog>
  );
}
