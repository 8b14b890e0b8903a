import type { ComponentChildren } from 'preact';
import { Link } from '../routing/router';
import { Empty } from './States';

/** Where there is nothing at all yet: how something comes in. */
export function NothingYet({ title, children }: { readonly title: string; readonly children?: ComponentChildren }) {
  return (
    <Empty title={title} icon="import">
      {children} Bring in a file on the <Link to="/import">import page</Link>, or send interactions to <code>/v1/interactions</code>.
    </Empty>
  );
}
