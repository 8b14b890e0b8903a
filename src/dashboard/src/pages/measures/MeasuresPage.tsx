import { briefs } from '../../definitions/briefs.generated';
import { Link } from '../../routing/router';

export default function MeasuresPage() {
  const groups = Map.groupBy(Object.entries(briefs), ([, definition]) => definition.group as string);
  return (
    <div class="page">
      <div class="page-head">
        <div>
          <h1>What is measured, and how</h1>
          <p>Every number on these pages, with its formula and its source. A measure at a date counts the interactions up to that date.</p>
        </div>
      </div>
      <div class="flow">
        {[...groups].map(([group, definitions]) => (
          <section key={group} class="card">
            <h2>{group}</h2>
            <ul class="plain definitions">
              {definitions.map(([id, definition]) => (
                <li key={id}>
                  <Link to={`/measures/${id}`}>{definition.title}</Link>
                  <p class="small muted">{definition.brief}</p>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </div>
  );
}
