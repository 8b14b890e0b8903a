import { useEffect, useMemo, useState } from 'preact/hooks';
import { useAnswer } from '../../api/answers';
import { get, type Schemas } from '../../api/client';
import { learn } from '../../api/names';
import { type Column, DataTable } from '../../components/DataTable';
import { Download } from '../../components/Download';
import { NothingYet } from '../../components/NothingYet';
import { PersonName } from '../../components/PersonName';
import { useSettled } from '../../components/PersonPicker';
import { Empty, Shown } from '../../components/States';
import { plural } from '../../format/numbers';
import { Link, setQuery, parameter } from '../../routing/router';

type Profile = Schemas['Profile'];

const pageSize = 100;

export default function PeoplePage() {
  const [text, setText] = useState(parameter('query') ?? '');
  const organisation = parameter('organisation');
  const tag = parameter('tag');
  const query = useSettled(text.trim(), 150);
  useEffect(() => setQuery({ query }), [query]);
  const filter = { query: query || undefined, organisation: organisation ?? undefined, tag: tag ?? undefined, limit: pageSize };
  const found = useAnswer('/v1/people', { query: filter });
  const more = useMore(JSON.stringify(filter), found.data?.nextCursor ?? null, (cursor) => get('/v1/people', { query: { ...filter, cursor } }));
  // Before the rows ask for the names they show.
  useMemo(() => found.data?.items.forEach(learn), [found.data]);
  const rows = found.data ? [...found.data.items, ...more.items] : undefined;
  return (
    <div class="page">
      <div class="page-head">
        <div>
          <h1>People</h1>
          <p>Everyone who took part in an interaction or has a profile, by id. Type any part of a name, an organisation or an id.</p>
        </div>
        <div class="actions">
          <Download name="people" rows={rows} />
        </div>
      </div>
      <section class="card">
        <div class="filters">
          <label class="field">
            <span class="visually-hidden">Search people</span>
            <input class="input" type="search" placeholder="Search people" value={text} onInput={(event) => setText(event.currentTarget.value)} />
          </label>
          <Filter name="organisation" value={organisation} />
          <Filter name="tag" value={tag} />
        </div>
        <Shown
          of={found}
          lines={12}
          height={600}
          isEmpty={(page) => page.items.length === 0}
          empty={
            query || organisation || tag ? (
              <Empty title="Nobody found" icon="people">
                Nobody’s name, organisation or id has this in it.
              </Empty>
            ) : (
              <NothingYet title="Nobody yet" />
            )
          }
        >
          {() => (
            <>
              <DataTable caption="People" rows={rows ?? []} columns={columnsFor(rows ?? [])} rowKey={(person) => person.id} atOnce={pageSize} />
              <div class="table-foot">
                <span>{plural(rows?.length ?? 0, 'person', 'people')}{more.cursor ? ' so far' : ''}</span>
                {more.cursor && (
                  <button type="button" class="button small" disabled={more.loading} onClick={more.load}>
                    Load more
                  </button>
                )}
              </div>
            </>
          )}
        </Shown>
      </section>
    </div>
  );
}

function Filter({ name, value }: { readonly name: string; readonly value: string | null }) {
  if (!value) return null;
  return (
    <button type="button" class="button small" aria-label={`Remove the filter ${name} ${value}`} onClick={() => setQuery({ [name]: null })}>
      {name}: {value} ✕
    </button>
  );
}

/** Columns in which somebody has something: of people without profiles there is the id alone. */
function columnsFor(people: readonly Profile[]): readonly Column<Profile>[] {
  const has: Readonly<Record<string, (person: Profile) => boolean>> = {
    organisation: (person) => !!person.organisation,
    industry: (person) => !!person.industry,
    tags: (person) => !!person.tags?.length,
    brokers: (person) => person.openToIntroductions === false,
  };
  return columns.filter(({ key }) => has[key] === undefined || people.some(has[key]));
}

const columns: readonly Column<Profile>[] = [
  { key: 'name', title: 'Person', cell: (person) => <PersonName id={person.id} />, by: (person) => person.name ?? person.id, class: 'person-cell' },
  {
    key: 'organisation',
    title: 'Organisation',
    cell: (person) => person.organisation && <Link to="/people" query={{ organisation: person.organisation }}>{person.organisation}</Link>,
    by: (person) => person.organisation ?? null,
    narrowHide: true,
  },
  { key: 'industry', title: 'Industry', cell: (person) => person.industry, by: (person) => person.industry ?? null, narrowHide: true },
  {
    key: 'tags',
    title: 'Tags',
    cell: (person) => (
      <span class="tags">
        {person.tags?.map((tag) => (
          <Link key={tag} class="tag" to="/people" query={{ tag }}>
            {tag}
          </Link>
        ))}
      </span>
    ),
  },
  { key: 'brokers', title: 'Makes introductions', cell: (person) => (person.openToIntroductions === false ? 'no' : 'yes'), narrowHide: true },
];

/** Further pages of a list, forgotten when the list is another one. */
function useMore(about: string, first: string | null, load: (cursor: string) => Promise<{ readonly items: readonly Profile[]; readonly nextCursor: string | null }>) {
  const [held, setHeld] = useState<{ about: string; items: readonly Profile[]; cursor: string | null; loading: boolean }>({ about: '', items: [], cursor: null, loading: false });
  const isOfThis = held.about === about;
  const cursor = isOfThis ? held.cursor : first;
  const items = isOfThis ? held.items : [];
  return {
    items,
    cursor,
    loading: isOfThis && held.loading,
    load: () => {
      if (!cursor) return;
      setHeld({ about, items, cursor, loading: true });
      load(cursor).then(
        (page) => {
          page.items.forEach(learn);
          setHeld({ about, items: [...items, ...page.items], cursor: page.nextCursor, loading: false });
        },
        () => setHeld({ about, items, cursor, loading: false }),
      );
    },
  };
}
