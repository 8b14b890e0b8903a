using NetworkGraph.Events.Records;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Profiles;

namespace NetworkGraph.People.Tests.Boundaries;

public class IntroductionLimitsTests
{
    private readonly PersonDirectory _people = new();
    private readonly ProfileStore _profiles = new();
    private readonly BoundaryStore _boundaries = new();

    [Fact]
    public void They_follow_profiles_and_blocks_and_are_made_anew_only_then()
    {
        var (ann, bob, cai) = (_people.NumberOf("ann"), _people.NumberOf("bob"), _people.NumberOf("cai"));
        var limits = new IntroductionLimits(_people, _profiles, _boundaries);
        limits.Current.IsBlocked(ann, bob).ShouldBeFalse();
        limits.Current.ShouldBeSameAs(limits.Current);

        Block("bob", "ann", isPlaced: true);
        _profiles.Put(cai, new Profile { Id = "cai", OpenToIntroductions = false }, 1);

        limits.Current.IsBlocked(ann, bob).ShouldBeTrue();
        limits.Current.IsClosed(cai).ShouldBeTrue();
        var known = limits.Current;
        _people.NumberOf("dan");
        limits.Current.ShouldBeSameAs(known);

        Block("bob", "ann", isPlaced: false);
        limits.Current.IsBlocked(ann, bob).ShouldBeFalse();
    }

    [Fact]
    public void A_block_against_somebody_not_yet_known_holds_once_they_come()
    {
        var ann = _people.NumberOf("ann");
        var limits = new IntroductionLimits(_people, _profiles, _boundaries);
        Block("ann", "stranger", isPlaced: true);
        limits.Current.HasBlocks(ann).ShouldBeFalse();

        var stranger = _people.NumberOf("stranger");

        limits.Current.IsBlocked(stranger, ann).ShouldBeTrue();
    }

    [Fact]
    public void What_a_person_may_know_leaves_out_the_blocks_against_them()
    {
        var (ann, bob, cai) = (_people.NumberOf("ann"), _people.NumberOf("bob"), _people.NumberOf("cai"));
        var limits = new IntroductionLimits(_people, _profiles, _boundaries);
        Block("ann", "bob", isPlaced: true);
        Block("cai", "ann", isPlaced: true);

        (limits.KnownTo("ann").IsBlocked(ann, bob), limits.KnownTo("ann").IsBlocked(ann, cai)).ShouldBe((true, false));
        (limits.KnownTo("bob").IsBlocked(ann, bob), limits.KnownTo("bob").IsBlocked(ann, cai)).ShouldBe((false, true));
        limits.KnownTo("cai").ShouldBeSameAs(limits.Current);
    }

    private void Block(string by, string against, bool isPlaced) =>
        _boundaries.Apply(new BlockChanged { AtMs = 1, By = by, Against = against, IsPlaced = isPlaced }, 1);
}
