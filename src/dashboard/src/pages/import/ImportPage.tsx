import { useRef, useState } from 'preact/hooks';
import { forgetAnswers } from '../../api/answers';
import { ApiProblem } from '../../api/client';
import { type ImportOutcome, sendInteractions } from '../../api/interactions';
import { Icon } from '../../components/Icon';
import { Measure } from '../../components/Measure';
import { Problem } from '../../components/States';
import { count } from '../../format/numbers';
import { ColumnMapping, type CsvSettings, defaultSettings } from './ColumnMapping';
import { csvQuery, previewCsv } from './csvPreview';
import { Outcome } from './Outcome';

interface Chosen {
  readonly file: File;
  readonly format: 'csv' | 'ndjson' | 'json';
  readonly gzip: boolean;
  readonly head: string;
}

type Step =
  | { readonly at: 'choose' }
  | { readonly at: 'look'; readonly chosen: Chosen }
  | { readonly at: 'send'; readonly chosen: Chosen; readonly sent: number; readonly of: number }
  | { readonly at: 'done'; readonly chosen: Chosen; readonly outcome: ImportOutcome }
  | { readonly at: 'failed'; readonly chosen: Chosen; readonly problem: ApiProblem };

const headBytes = 64 * 1024;

export default function ImportPage() {
  const [step, setStep] = useState<Step>({ at: 'choose' });
  const [settings, setSettings] = useState<CsvSettings>(defaultSettings(previewCsv('')));
  const abort = useRef<AbortController>();

  const choose = async (file: File) => {
    const gzip = file.name.endsWith('.gz');
    const head = gzip ? '' : await file.slice(0, headBytes).text();
    const format = formatOf(file.name, head);
    if (format === 'csv') setSettings(defaultSettings(previewCsv(head)));
    setStep({ at: 'look', chosen: { file, format, gzip, head } });
  };

  const send = async (chosen: Chosen) => {
    abort.current = new AbortController();
    const types = { csv: 'text/csv', ndjson: 'application/x-ndjson', json: 'application/json' } as const;
    setStep({ at: 'send', chosen, sent: 0, of: chosen.file.size });
    try {
      const outcome = await sendInteractions(
        { body: chosen.file, contentType: types[chosen.format], gzip: chosen.gzip, query: chosen.format === 'csv' ? csvQuery(settings) : {} },
        (sent, of) => setStep({ at: 'send', chosen, sent, of }),
        abort.current.signal,
      );
      forgetAnswers();
      setStep({ at: 'done', chosen, outcome });
    } catch (failure) {
      setStep(failure instanceof ApiProblem ? { at: 'failed', chosen, problem: failure } : { at: 'look', chosen });
    }
  };

  return (
    <div class="page">
      <div class="page-head">
        <div>
          <h1>Import</h1>
          <p>Bring in interactions from a CSV or NDJSON file. It goes to your own server only; sending a file twice changes nothing.</p>
        </div>
      </div>
      {step.at === 'choose' && (
        <>
          <Drop onFile={(file) => void choose(file)} />
          <Example />
        </>
      )}
      {step.at === 'look' && (
        <>
          <FileLine chosen={step.chosen} onOther={() => setStep({ at: 'choose' })} />
          {step.chosen.format === 'csv' && !step.chosen.gzip ? (
            <ColumnMapping head={step.chosen.head} settings={settings} onChange={setSettings} onSend={() => void send(step.chosen)} />
          ) : (
            <section class="card">
              <p>{step.chosen.format === 'csv' ? 'A packed CSV file: its header must name the fields.' : 'Each line is one interaction as JSON.'}</p>
              <p class="actions spaced">
                <button type="button" class="button primary" onClick={() => void send(step.chosen)}>
                  Import
                </button>
              </p>
            </section>
          )}
        </>
      )}
      {step.at === 'send' && (
        <section class="card" aria-live="polite">
          <h2>{step.sent < step.of ? 'Sending' : 'Waiting until all of it is durable'}</h2>
          <progress class="progress" max={step.of} value={step.sent} aria-label="Sent" />
          <p class="number muted">
            {megabytes(step.sent)} of {megabytes(step.of)}
          </p>
          <p class="actions spaced">
            <button type="button" class="button" onClick={() => abort.current?.abort()}>
              Stop
            </button>
          </p>
        </section>
      )}
      {step.at === 'done' && <Outcome name={step.chosen.file.name} outcome={step.outcome} onAgain={() => setStep({ at: 'choose' })} onBack={() => setStep({ at: 'look', chosen: step.chosen })} />}
      {step.at === 'failed' && (
        <section class="card">
          <Problem problem={step.problem} />
          <p class="actions spaced centred">
            <button type="button" class="button" onClick={() => setStep({ at: 'look', chosen: step.chosen })}>
              Change the settings
            </button>
          </p>
        </section>
      )}
    </div>
  );
}

function Drop({ onFile }: { readonly onFile: (file: File) => void }) {
  const [over, setOver] = useState(false);
  return (
    <section
      class="card drop"
      data-over={over}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const file = event.dataTransfer?.files[0];
        if (file) onFile(file);
      }}
    >
      <Icon name="import" size={36} />
      <h2>Drop a file here</h2>
      <p class="muted">CSV or NDJSON, packed with gzip or not, of any size</p>
      <label class="button primary file-button">
        Choose a file
        <input type="file" class="visually-hidden" accept=".csv,.tsv,.txt,.ndjson,.jsonl,.json,.gz" onChange={(event) => event.currentTarget.files?.[0] && onFile(event.currentTarget.files[0])} />
      </label>
    </section>
  );
}

const exampleCsv = `at,from,to,kind,venue
2026-01-05T10:00:00Z,ann@example.org,bob@example.org,message,
2026-01-05T14:30:00Z,bob@example.org,ann@example.org,reply,
2026-01-12T18:00:00Z,ann@example.org,cem@example.org,meeting,Founders' evening
`;

/** What a file looks like, for somebody who has none at hand. */
function Example() {
  return (
    <section class="card">
      <div class="card-head">
        <h2>What a file looks like</h2>
        <p>One line an interaction. Only when, from whom and to whom are needed; columns may be called otherwise and stand in any order, since you say next which holds what.</p>
      </div>
      <pre class="example" tabIndex={0}>
        {exampleCsv}
      </pre>
      <p class="small muted spaced">
        <Measure of="interaction">Kinds</Measure> are message, reply, meeting, call, connect, accept and so on. Without ids of their own, lines get one from what they say, so that sending the file again changes nothing.
      </p>
    </section>
  );
}

function FileLine({ chosen, onOther }: { readonly chosen: Chosen; readonly onOther: () => void }) {
  return (
    <section class="card file-line">
      <div>
        <strong>{chosen.file.name}</strong>
        <div class="muted small number">
          {chosen.format.toUpperCase()}
          {chosen.gzip ? ', packed' : ''} · {megabytes(chosen.file.size)}
        </div>
      </div>
      <button type="button" class="button" onClick={onOther}>
        Another file
      </button>
    </section>
  );
}

/** What a file holds, by its name or, where that says nothing, by its first sign. */
export function formatOf(name: string, head: string): 'csv' | 'ndjson' | 'json' {
  const plain = name.toLowerCase().replace(/\.gz$/, '');
  if (/\.(ndjson|jsonl)$/.test(plain)) return 'ndjson';
  if (plain.endsWith('.json')) return head.trimStart().startsWith('[') || !/\}\s*\n\s*\{/.test(head) ? 'json' : 'ndjson';
  if (/\.(csv|tsv)$/.test(plain)) return 'csv';
  return head.trimStart().startsWith('{') ? 'ndjson' : 'csv';
}

function megabytes(bytes: number): string {
  return bytes < 1e6 ? `${count(bytes / 1e3)} KB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
