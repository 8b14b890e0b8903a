import { go, Link } from '../../routing/router';
import { chosenFile } from '../import/chosenFile';
import { Drop } from '../import/Drop';

const send = `curl -H 'Content-Type: application/json' ${location.origin}/v1/interactions -d '
  {"id":"m-1","at":"2026-11-20T09:30:00Z","kind":"message",
   "from":"ann@example.org","to":"bob@example.org"}'`;

/** The three ways in, for somebody whose server is empty. */
export function Doors() {
  const take = (file: File) => {
    chosenFile.value = file;
    go('/import');
  };
  return (
    <div class="doors">
      <Drop onFile={take} />
      <section class="card">
        <div class="card-head">
          <h2>Look at a demo first</h2>
          <p>A made-up network of 2,000 people, in a folder of its own. Your data stays apart.</p>
        </div>
        <pre class="example" tabIndex={0}>
          networkgraph demo
        </pre>
        <p class="small muted spaced">It is served as this server is; stop this one first, or give it another address (--urls).</p>
      </section>
      <section class="card">
        <div class="card-head">
          <h2>Send events from your systems</h2>
          <p>One interaction or millions, as JSON, NDJSON or CSV, over HTTP or gRPC.</p>
        </div>
        <pre class="example" tabIndex={0}>
          {send}
        </pre>
        <p class="small muted spaced">
          <a href="/openapi/v1.json">The API</a> · <Link to="/import">The import page</Link> says where your data is.
        </p>
      </section>
    </div>
  );
}
