using NetworkGraph.Conformance.People;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Profiles;

namespace NetworkGraph.People.Tests;

public sealed class EmbeddedPeopleTests : PeopleHostConformance
{
    protected override Task<EmbeddedPeople> CreateAsync() =>
        Task.FromResult(new EmbeddedPeople(new HistoryStore(), new ProfileStore(), new BoundaryStore(), PeopleOptions.Default));
}
