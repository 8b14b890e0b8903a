using NetworkGraph.Events.Records;
using NetworkGraph.People.Boundaries;

namespace NetworkGraph.People.Tests.Boundaries;

public class BoundaryStoreTests
{
    private static readonly Viewer s_analyst = new(Scopes.Analyst);
    private static readonly Viewer s_safety = new(Scopes.Safety);
    private readonly BoundaryStore _boundaries = new();
    private long _position;

    [Fact]
    public void A_block_stands_until_it_is_lifted_and_has_a_direction()
    {
        Block("ann", "bob", atMs: 1);
        Block("ann", "bob", atMs: 2);
        Block("ann", "abe", atMs: 3);

        _boundaries.BlocksBy("ann").ShouldBe([new PlacedBlock("abe", 3), new PlacedBlock("bob", 1)]);
        (_boundaries.HasBlocked("ann", "bob"), _boundaries.HasBlocked("bob", "ann")).ShouldBe((true, false));
        (_boundaries.HasBlocked("abe", "bob"), _boundaries.HasBlocked("bob", "abe")).ShouldBe((false, false));
        _boundaries.BlocksBy("bob").ShouldBeEmpty();

        Lift("ann", "bob");
        Lift("bob", "ann");

        _boundaries.BlocksBy("ann").ShouldBe([new PlacedBlock("abe", 3)]);
        (_boundaries.HasBlocked("ann", "bob"), _boundaries.HasBlocked("bob", "ann")).ShouldBe((false, false));
    }

    [Fact]
    public void Only_the_blocker_and_the_safety_role_see_a_block()
    {
        Block("ann", "bob");

        foreach (var (viewer, inAnns, inBobs) in new[]
        {
            (new Viewer(Scopes.None, "ann"), true, false),
            (new Viewer(Scopes.None, "bob"), false, false),
            (new Viewer(Scopes.None, "cai"), false, false),
            (new Viewer(Scopes.Ingest), false, false),
            (s_analyst, false, false),
            (new Viewer(Scopes.Analyst, "bob"), false, false),
            (Viewer.Admin, true, false),
            (s_safety, true, true),
            (new Viewer(Scopes.Admin | Scopes.Safety), true, true),
        })
        {
            _boundaries.ShowsBlocked(viewer, "ann", "bob").ShouldBe(inAnns, $"{viewer} looks at ann's");
            _boundaries.ShowsBlocked(viewer, "bob", "ann").ShouldBe(inBobs, $"{viewer} looks at bob's");
        }
    }

    [Fact]
    public void A_report_goes_through_its_states()
    {
        File("r-1", "ann", "bob");
        File("r-2", "ann", "cai");
        _boundaries.ReportOf("r-1")!.State.ShouldBe(ReportState.Open);

        _boundaries.Apply(new ReportMoved { Id = "r-1", AtMs = 9, State = ReportState.Dismissed }, ++_position);
        _boundaries.Apply(new ReportMoved { Id = "erased-since", AtMs = 9, State = ReportState.Upheld }, ++_position);

        var report = _boundaries.ReportOf("r-1").ShouldNotBeNull();
        (report.State, report.StateAtMs, report.AtMs, report.Position).ShouldBe((ReportState.Dismissed, 9, 7, 1));
        _boundaries.ReportsBy("ann").Select(r => r.Id).ShouldBe(["r-1", "r-2"]);
        _boundaries.ReportsBy("bob").ShouldBeEmpty();
        _boundaries.ReportOf("r-3").ShouldBeNull();
    }

    [Fact]
    public void An_erased_person_leaves_no_block_and_no_report()
    {
        Block("ann", "bob");
        Block("bob", "ann");
        Block("bob", "cai");
        File("r-1", "ann", "bob");
        File("r-2", "cai", "ann");
        File("r-3", "cai", "bob");
        _boundaries.PositionsNaming("ann").ShouldBe([1, 2, 4, 5]);

        _boundaries.Forget("ann");

        _boundaries.Blocks.ShouldBe([("bob", new PlacedBlock("cai", 7))]);
        _boundaries.Reports.Select(r => r.Id).ShouldBe(["r-3"]);
        _boundaries.PositionsNaming("ann").ShouldBeEmpty();
        _boundaries.PositionsNaming("bob").ShouldBe([3, 6]);
        _boundaries.PositionsNaming("cai").ShouldBe([3, 6]);
    }

    private void Block(string by, string against, long atMs = 7) =>
        _boundaries.Apply(new BlockChanged { AtMs = atMs, By = by, Against = against, IsPlaced = true }, ++_position);

    private void Lift(string by, string against) =>
        _boundaries.Apply(new BlockChanged { AtMs = 8, By = by, Against = against, IsPlaced = false }, ++_position);

    private void File(string id, string reporter, string about) =>
        _boundaries.Apply(new ReportFiled { Id = id, AtMs = 7, Reporter = reporter, About = about, Reason = ReportReason.Spam },
            ++_position);
}
