import type { ComponentChildren } from 'preact';
import { apiKey, type ApiProblem, keyDialog } from '../api/client';
import type { Loaded } from '../api/answers';
import { count } from '../format/numbers';
import { Icon, type IconName } from './Icon';

/** Grey lines where text will be, as high as what will stand there. */
export function Bones({ lines = 4, height }: { readonly lines?: number; readonly height?: number }) {
  return (
    <div class="bones" role="status" aria-label="Loading" style={height ? { minHeight: `${height}px` } : undefined}>
      {Array.from({ length: lines }, (_, line) => (
        <div key={line} class="bone" style={{ width: `${92 - ((line * 37) % 45)}%` }} />
      ))}
    </div>
  );
}

export function Empty({ title, children, icon = 'empty' }: { readonly title: string; readonly children?: ComponentChildren; readonly icon?: IconName }) {
  return (
    <div class="state">
      <Icon name={icon} size={30} />
      <strong>{title}</strong>
      {children && <p>{children}</p>}
    </div>
  );
}

/** What went wrong, in words for a person, with what can be done about it. */
export function Problem({ problem, retry }: { readonly problem: ApiProblem; readonly retry?: () => void }) {
  if (problem.progress) {
    const { position, of } = problem.progress;
    return (
      <Empty title="Reading the log" icon="import">
        {count(position)} of {count(of)} records are folded ({of === 0 ? 0 : Math.floor((position / of) * 100)} %). This page fills itself when all are.
      </Empty>
    );
  }
  if (problem.status === 401)
    return (
      <div class="state" role="alert">
        <Icon name="key" size={30} />
        <strong>{apiKey.value === null ? 'This server asks for a key' : 'This key is not accepted'}</strong>
        <p>Whoever runs the server can make one for you. It stays in this browser tab.</p>
        <button type="button" class="button" onClick={() => (keyDialog.value = 'asked')}>
          Enter a key
        </button>
      </div>
    );
  if (problem.status === 403)
    return (
      <div class="state" role="alert">
        <Icon name="key" size={30} />
        <strong>Your key does not cover this</strong>
        <p>{problem.detail || 'Ask whoever runs the server for a key with the scope that this page needs.'}</p>
        <button type="button" class="button" onClick={() => (keyDialog.value = 'asked')}>
          Use another key
        </button>
      </div>
    );
  return (
    <div class="state" role="alert">
      <Icon name="alert" size={30} />
      <strong>{problem.status === 404 ? 'Nothing found' : problem.title}</strong>
      <p>{problem.detail}</p>
      {retry && problem.status !== 404 && (
        <button type="button" class="button" onClick={retry}>
          Try again
        </button>
      )}
    </div>
  );
}

/** An answer in whichever state it is: loading, failed, empty, there. */
export function Shown<T>(properties: {
  readonly of: Loaded<T>;
  readonly children: (data: T) => ComponentChildren;
  readonly lines?: number;
  readonly height?: number;
  readonly isEmpty?: (data: T) => boolean;
  readonly empty?: ComponentChildren;
}) {
  const { of, children, lines, height, isEmpty, empty } = properties;
  if (of.problem) return <Problem problem={of.problem} retry={of.reload} />;
  if (of.data === undefined) return <Bones lines={lines ?? 4} {...(height ? { height } : {})} />;
  if (isEmpty?.(of.data)) return <>{empty}</>;
  return <div class={of.loading ? 'older' : undefined}>{children(of.data)}</div>;
}
