import { useEffect } from 'preact/hooks';
import { Empty } from '../../components/States';
import { briefs } from '../../definitions/briefs.generated';
import { pages } from '../../definitions/pages.generated';
import { Link } from '../../routing/router';

export default function MeasurePage({ ids }: { readonly ids: Readonly<Record<string, string>> }) {
  const id = ids['id'] as keyof typeof briefs;
  const definition = briefs[id] as (typeof briefs)[keyof typeof briefs] | undefined;
  useEffect(() => {
    if (definition) document.title = `${definition.title} · NetworkGraph`;
  }, [definition]);
  if (!definition)
    return (
      <div class="page">
        <Empty title="No such measure">
          <Link to="/measures">All measures</Link>
        </Empty>
      </div>
    );
  const related = Object.entries(briefs).filter(([other, { group }]) => group === definition.group && other !== id);
  return (
    <div class="page">
      <div class="page-head">
        <div>
          <p class="small">
            <Link to="/measures">Measures</Link> › {definition.group}
          </p>
          <h1>{definition.title}</h1>
        </div>
      </div>
      <div class="columns wide-left">
        {/* The project's own document, rendered when the dashboard was built. */}
        <article class="card prose" dangerouslySetInnerHTML={{ __html: pages[id] }} />
        <aside class="card" aria-label="Related">
          <h2>{definition.group}</h2>
          <ul class="plain definitions">
            {related.map(([other, { title }]) => (
              <li key={other}>
                <Link to={`/measures/${other}`}>{title}</Link>
              </li>
            ))}
          </ul>
        </aside>
      </div>
    </div>
  );
}
