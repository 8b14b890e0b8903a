using NetworkGraph.Boundaries;
using NetworkGraph.Conformance.People;
using NetworkGraph.Histories;
using NetworkGraph.Measures;
using NetworkGraph.People;

namespace NetworkGraph.Tests.People;

public sealed class EmbeddedPeopleTests : PeopleHostConformance
{
    protected override Task<IPeopleHost> CreateAsync() =>
        Task.FromResult<IPeopleHost>(new EmbeddedPeople(new HistoryStore(), new ProfileStore(), new BoundaryStore(), MeasureOptions.Default));
}
