import type { Schemas } from '../../api/client';
import { Measure } from '../../components/Measure';
import { count, decimal, percent, plain } from '../../format/numbers';

/** Where a person stands in the network. */
export function Structure({ structure }: { readonly structure: Schemas['PersonStructureAnswer'] }) {
  if (structure.egoOnly) {
    return (
      <p>
        {count(structure.degree)} contacts. This is one person’s own archive: it does not know what others have with each other, so nobody’s place
        between them can be told.
      </p>
    );
  }
  const above = structure.evidence.pageRankAbove;
  return (
    <dl class="pairs">
      <div>
        <dt>
          <Measure of="degree">Contacts</Measure>
        </dt>
        <dd>{count(structure.degree)}</dd>
      </div>
      <div>
        <dt>
          <Measure of="effective-size">Not redundant</Measure>
        </dt>
        <dd>{plain(structure.effectiveSize)}</dd>
      </div>
      <div>
        <dt>
          <Measure of="constraint" />
        </dt>
        <dd>{decimal(structure.constraint)}</dd>
      </div>
      <div>
        <dt>
          <Measure of="local-bridge">Local bridges</Measure>
        </dt>
        <dd>{count(structure.localBridges)}</dd>
      </div>
      <div>
        <dt>
          <Measure of="simmelian-tie">Simmelian ties</Measure>
        </dt>
        <dd>{count(structure.simmelianTies)}</dd>
      </div>
      <div>
        <dt>
          <Measure of="betweenness" />
        </dt>
        <dd>{percent(structure.betweenness)}</dd>
      </div>
      <div>
        <dt>
          <Measure of="pagerank" />
        </dt>
        <dd>{above === null ? '–' : `above ${percent(above > 0.99 ? 0.99 : above)} of people`}</dd>
      </div>
      <div>
        <dt>
          <Measure of="community" />
        </dt>
        <dd>{structure.community === null ? '–' : `${count(structure.evidence.communityPeople)} people`}</dd>
      </div>
    </dl>
  );
}
