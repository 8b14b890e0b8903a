import { useEffect, useRef, useState } from 'preact/hooks';
import { forgetAnswers } from '../../api/answers';
import { ApiProblem } from '../../api/client';
import { followImport, type Import, startImport, undoImport } from '../../api/imports';
import { Measure } from '../../components/Measure';
import { Problem } from '../../components/States';
import { count } from '../../format/numbers';
import { chosenFile } from './chosenFile';
import { missingFrom, settingsOf, tableQuery } from './columns';
import { Drop } from './Drop';
import { ImportsList } from './ImportsList';
import { Outcome } from './Outcome';
import { plainReading, Preview, type ReadingSettings, readingQuery } from './Preview';

interface Work {
  readonly file: File;
  readonly isPreview: boolean;
  readonly sent: number;
  readonly now: Import | null;
}

type Step =
  | { readonly at: 'choose' }
  | { readonly at: 'work'; readonly work: Work }
  | { readonly at: 'look'; readonly file: File; readonly preview: Import }
  | { readonly at: 'done'; readonly file: File; readonly outcome: Import }
  | { readonly at: 'failed'; readonly file: File; readonly problem: ApiProblem };

/** From a file to what came of it: what was understood first, nothing written before somebody says so. */
export default function ImportPage() {
  const [step, setStep] = useState<Step>({ at: 'choose' });
  const [settings, setSettings] = useState<ReadingSettings>(plainReading);
  /** Whether columns were said to hold something else than was recognised. */
  const [mapped, setMapped] = useState(false);
  const [stale, setStale] = useState(false);
  const abort = useRef<AbortController>();
  const running = useRef<string | null>(null);

  const run = async (file: File, isPreview: boolean, reading: ReadingSettings, columns: Import['report'] | null): Promise<void> => {
    abort.current = new AbortController();
    const { signal } = abort.current;
    const work = (sent: number, now: Import | null) => setStep({ at: 'work', work: { file, isPreview, sent, now } });
    work(0, null);
    try {
      const table = reading.table && columns ? tableQuery(columns.columns, reading.table) : {};
      const begun = await startImport(file, { ...readingQuery(reading), ...table, dryRun: isPreview ? 'true' : undefined }, (sent) => work(sent, null), signal);
      running.current = begun.batch;
      const ended = begun.state === 'running' ? await followImport(begun.batch, (now) => work(file.size, now), new AbortController().signal) : begun;
      running.current = null;
      if (isPreview) {
        const found = ended.report?.columns ?? [];
        const guess = found.length > 0 && !reading.table ? settingsOf(found) : null;
        if (guess) setSettings({ ...reading, table: guess });
        setMapped(reading.table !== null);
        if (guess && ended.state === 'failed' && missingFrom(guess) === null) {
          // All that was missing is what kind of interaction the rows are; it stands above the columns, to be changed.
          setSettings({ ...reading, table: guess });
          await run(file, true, { ...reading, table: guess }, ended.report);
          return;
        }
        setStale(false);
        setStep({ at: 'look', file, preview: ended });
      } else {
        forgetAnswers();
        setStep({ at: 'done', file, outcome: ended });
      }
    } catch (failure) {
      running.current = null;
      setStep(failure instanceof ApiProblem ? { at: 'failed', file, problem: failure } : { at: 'choose' });
    }
  };

  const choose = (file: File) => {
    setSettings(plainReading);
    setMapped(false);
    lastPreview.current = null;
    void run(file, true, plainReading, null);
  };
  const lastPreview = useRef<Import | null>(null);
  if (step.at === 'look') lastPreview.current = step.preview;

  const stop = () => {
    if (running.current !== null) void undoImport(running.current);
    else abort.current?.abort();
  };

  const take = useRef(choose);
  take.current = choose;
  useEffect(() => {
    const dropped = chosenFile.peek();
    if (!dropped) return;
    chosenFile.value = null;
    take.current(dropped);
  }, []);

  const change = (changed: ReadingSettings) => {
    if (changed.table !== settings.table) setMapped(true);
    setSettings(changed);
    setStale(true);
  };
  const reading = mapped ? settings : { ...settings, table: null };

  return (
    <div class="page">
      <div class="page-head">
        <div>
          <h1>Import</h1>
          <p>Bring in what you have. It goes to your own server only, texts of messages are never stored, and sending a file twice changes nothing.</p>
        </div>
      </div>
      {step.at === 'choose' && (
        <>
          <Drop onFile={choose} />
          <ImportsList />
          <Example />
        </>
      )}
      {step.at === 'work' && <Working work={step.work} onStop={stop} />}
      {step.at === 'look' && (
        <Preview
          name={step.file.name}
          preview={step.preview}
          settings={settings}
          stale={stale}
          onChange={change}
          onAgain={() => void run(step.file, true, step.preview.state === 'failed' ? settings : reading, step.preview.report)}
          onImport={() => void run(step.file, false, reading, step.preview.report)}
          onOther={() => setStep({ at: 'choose' })}
        />
      )}
      {step.at === 'done' && (
        <Outcome
          name={step.file.name}
          outcome={step.outcome}
          onAgain={() => setStep({ at: 'choose' })}
          onBack={() => (lastPreview.current ? setStep({ at: 'look', file: step.file, preview: lastPreview.current }) : setStep({ at: 'choose' }))}
        />
      )}
      {step.at === 'failed' && (
        <section class="card">
          <Problem problem={step.problem} />
          <p class="actions spaced centred">
            <button type="button" class="button" onClick={() => (lastPreview.current ? setStep({ at: 'look', file: step.file, preview: lastPreview.current }) : setStep({ at: 'choose' }))}>
              Go back
            </button>
          </p>
        </section>
      )}
    </div>
  );
}

function Working({ work, onStop }: { readonly work: Work; readonly onStop: () => void }) {
  const { file, isPreview, sent, now } = work;
  const progress = now?.progress;
  const isSending = !now && sent < file.size;
  return (
    <section class="card busy" aria-live="polite">
      <h2>{isSending ? 'Sending' : isPreview ? 'Looking at it' : 'Importing'}</h2>
      <progress class="progress" max={progress ? Math.max(1, progress.ofBytes) : Math.max(1, file.size)} value={progress ? progress.bytes : sent} aria-label={isSending ? 'Sent' : 'Read'} />
      <p class="number muted">
        {progress ? `${count(progress.rows)} rows, ${megabytes(progress.bytes)} of ${megabytes(progress.ofBytes)}` : `${megabytes(sent)} of ${megabytes(file.size)} sent`}
      </p>
      <p class="actions spaced">
        <button type="button" class="button" onClick={onStop}>
          Stop
        </button>
      </p>
    </section>
  );
}

const exampleCsv = `at,from,to,kind,venue
2026-01-05T10:00:00Z,ann@example.org,bob@example.org,message,
2026-01-05T14:30:00Z,bob@example.org,ann@example.org,reply,
2026-01-12T18:00:00Z,ann@example.org,cem@example.org,meeting,Founders' evening
`;

/** How to get at one's own data, and what a table looks like for somebody who makes one. */
function Example() {
  return (
    <section class="card">
      <div class="card-head">
        <h2>Where your data is</h2>
      </div>
      <ul class="plain notes">
        <li>LinkedIn: Settings, Data privacy, Get a copy of your data. The zip archive that comes by mail goes in as it is.</li>
        <li>Gmail: takeout.google.com, Mail. Thunderbird and Apple Mail: the mailbox file itself. Outlook: what readpst -e writes, zipped.</li>
        <li>Calendars (.ics), address books (.vcf, CSV), WhatsApp, Telegram and Slack: what their own export gives.</li>
        <li>
          Anything else as a table, one line an <Measure of="interaction">interaction</Measure>. Only when, from whom and to whom are needed; columns may be called otherwise and stand in any order.
        </li>
      </ul>
      <pre class="example" tabIndex={0}>
        {exampleCsv}
      </pre>
    </section>
  );
}

function megabytes(bytes: number): string {
  return bytes < 1e6 ? `${count(bytes / 1e3)} KB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
