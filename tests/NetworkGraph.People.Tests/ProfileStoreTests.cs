using NetworkGraph.Events.Records;
using NetworkGraph.People.Profiles;

namespace NetworkGraph.People.Tests;

public class ProfileStoreTests
{
    private static readonly Profile[] s_profiles =
    [
        new() { Id = "ann@law.example", Name = "Ann Abel", Organisation = "Law & Co", Role = "Partner", Tags = ["chess", "rowing"] },
        new() { Id = "bob@law.example", Name = "Bob Ábel", Organisation = "law & co", Role = "clerk", Tags = ["Chess"],
            OpenToIntroductions = false },
        new() { Id = "cai@mill.example", Name = "Cai", Organisation = "Mill", Role = "partner" },
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("abel", null, null, null, "ann@law.example")]
    [InlineData("law.ex", null, null, null, "ann@law.example bob@law.example")]
    [InlineData(null, "LAW & CO", null, null, "ann@law.example bob@law.example")]
    [InlineData(null, null, "partner", null, "ann@law.example cai@mill.example")]
    [InlineData(null, null, null, "chess", "ann@law.example bob@law.example")]
    [InlineData(null, "Law & Co", "PARTNER", null, "ann@law.example")]
    [InlineData(null, "Law", null, null, "")]
    [InlineData(null, null, null, null, "ann@law.example bob@law.example cai@mill.example")]
    public void Search_finds_parts_of_names_and_whole_organisations_roles_and_tags(
        string? query, string? organisation, string? role, string? tag, string found)
    {
        var filter = new PersonFilter { Query = query, Organisation = organisation, Role = role, Tag = tag };

        string.Join(' ', Filled().Search(filter, null, 10, Cancellation).Select(p => p.Id)).ShouldBe(found);
        Filled().Matching(filter).Length.ShouldBe(found.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public void Pages_follow_each_other_by_id()
    {
        var store = Filled();

        store.Search(new PersonFilter(), null, 2, Cancellation).Select(p => p.Id).ShouldBe(["ann@law.example", "bob@law.example"]);
        store.Search(new PersonFilter(), "bob@law.example", 2, Cancellation).Select(p => p.Id).ShouldBe(["cai@mill.example"]);
    }

    [Fact]
    public void People_named_are_found_where_the_rest_of_the_filter_matches_too()
    {
        var named = new PersonFilter { Among = new HashSet<int> { 0, 1, 77 } };

        Filled().Search(named, null, 10, Cancellation).Count.ShouldBe(2);
        Filled().Matching(named with { Organisation = "mill" }).ShouldBeEmpty();
        Filled().Matching(new PersonFilter { Among = new HashSet<int>() }).ShouldBeEmpty();
    }

    [Fact]
    public void A_changed_profile_is_found_by_what_it_says_now()
    {
        var store = Filled();
        store.Put(0, s_profiles[0] with { Organisation = "Mill", Tags = [] }, 9);

        store.Matching(new PersonFilter { Organisation = "Law & Co" }).ShouldBe([1]);
        store.Matching(new PersonFilter { Organisation = "mill" }).ShouldBe([0, 2]);
        store.Matching(new PersonFilter { Tag = "rowing" }).ShouldBeEmpty();
        store.PositionsOf(0).ShouldBe([1, 9]);
    }

    [Fact]
    public void Who_is_closed_to_introductions_never_brokers()
    {
        var store = Filled();
        store.Closed.ShouldBe([1]);
        var changes = store.ClosedChanges;

        store.Put(1, s_profiles[1] with { OpenToIntroductions = true }, 9);
        store.Put(200_000, new Profile { Id = "far", OpenToIntroductions = false }, 10);

        store.Closed.ShouldBe([200_000]);
        store.ClosedChanges.ShouldBe(changes + 2);
    }

    [Fact]
    public void A_removed_profile_is_not_found()
    {
        var store = Filled();
        store.Remove(1);

        store.Of(1).ShouldBeNull();
        store.Matching(new PersonFilter { Tag = "chess" }).ShouldBe([0]);
        store.Closed.ShouldBeEmpty();
        store.PositionsOf(1).ShouldBeEmpty();
    }

    private static ProfileStore Filled()
    {
        var store = new ProfileStore();
        for (var person = 0; person < s_profiles.Length; person++) store.Put(person, s_profiles[person], person + 1);
        return store;
    }
}
