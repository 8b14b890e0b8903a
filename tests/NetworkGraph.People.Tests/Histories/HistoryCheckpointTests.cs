using System.Numerics;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Checkpoints;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Profiles;
using NetworkGraph.Stories;

namespace NetworkGraph.People.Tests.Histories;

public sealed class HistoryCheckpointTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("networkgraph-checkpoint-");

    private string File => Path.Combine(_folder.FullName, "folds.checkpoint");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void What_is_restored_equals_what_was_written_and_can_be_folded_on()
    {
        var interactions = TestHistories.Random(5, count: 500, people: 9);
        var store = TestHistories.Fold(interactions.Take(400));
        var profiles = new ProfileStore();
        profiles.Put(store.PersonOf("p3"), new Profile { Id = "p3", Name = "Pia", Tags = ["chess", "law"], OpenToIntroductions = false },
            17);
        profiles.Put(store.PersonOf("only-a-profile"), new Profile { Id = "only-a-profile" }, 18);
        var boundaries = new BoundaryStore();
        boundaries.Apply(new BlockChanged { AtMs = 3, By = "p1", Against = "p2", IsPlaced = true }, 391);
        boundaries.Apply(new ReportFiled
        {
            Id = "r-1",
            AtMs = 4,
            Reporter = "p2",
            About = "p4",
            Reason = ReportReason.Fraud,
            Evidence = ["i1", "i2"]
        }, 392);
        boundaries.Apply(new ReportMoved { Id = "r-1", AtMs = 5, State = ReportState.Upheld }, 393);
        HistoryCheckpoint.Write(
            File, "log-1", store, HistoryCheckpoint.Cut(new EmbeddedPeople(store, profiles, boundaries, PeopleOptions.Default), 400),
            TestContext.Current.CancellationToken);

        var restored = HistoryCheckpoint.TryRead(File, "log-1", lastPosition: 500, out var reason).ShouldNotBeNull(reason);

        restored.Position.ShouldBe(400);
        restored.Profiles.Of(store.PersonOf("p3"))!.Tags.ShouldBe(["chess", "law"]);
        restored.Profiles.PositionsOf(store.PersonOf("p3")).ShouldBe([17]);
        restored.Profiles.Closed.ShouldBe([store.PersonOf("p3")]);
        restored.Boundaries.BlocksBy("p1").ShouldBe([new PlacedBlock("p2", 3)]);
        var report = restored.Boundaries.Reports.ShouldHaveSingleItem();
        report.ShouldBeEquivalentTo(boundaries.ReportOf("r-1"));
        (report.State, report.StateAtMs, report.Evidence.Length).ShouldBe((ReportState.Upheld, 5, 2));
        restored.Boundaries.PositionsNaming("p2").ShouldBe([391, 392]);
        restored.Boundaries.PositionsNaming("p1").ShouldBe([391]);
        for (var i = 400; i < 500; i++) restored.Histories.Apply(interactions[i], i + 1);
        restored.Histories.Interactions.ShouldBe(500);
        for (var a = 0; a < 9; a++)
            for (var b = 0; b < a; b++)
                TestHistories.Read(restored.Histories, $"p{a}", $"p{b}", long.MaxValue - 1)
                    .ShouldBe(TestHistories.Naive(interactions, $"p{a}", $"p{b}", long.MaxValue - 1));
    }

    [Fact]
    public void Venues_are_restored_and_folded_on_and_those_forgotten_are_not_in_the_file()
    {
        var interactions = TestHistories.Random(12, count: 300, people: 6);
        interactions[10] = TestHistories.MessageAt("a secret dinner", 10, "p1", "p2");
        var store = TestHistories.Fold(interactions.Take(200));
        store.Forget(new HashSet<long> { 11, 12, 13 });
        HistoryCheckpoint.Write(
            File, "log-1", store,
            HistoryCheckpoint.Cut(new EmbeddedPeople(store, new ProfileStore(), new BoundaryStore(), PeopleOptions.Default), 200),
            TestContext.Current.CancellationToken);

        var restored = HistoryCheckpoint.TryRead(File, "log-1", 300, out var reason).ShouldNotBeNull(reason).Histories;

        System.Text.Encoding.UTF8.GetString(System.IO.File.ReadAllBytes(File)).ShouldNotContain("secret");
        for (var i = 200; i < 300; i++)
        {
            store.Apply(interactions[i], i + 1);
            restored.Apply(interactions[i], i + 1);
        }
        VenueTableTests.Listing(restored).ShouldBe(VenueTableTests.Listing(store));
        for (var position = 1u; position <= 300; position++)
            VenueTableTests.VenueOf(restored, position).ShouldBe(VenueTableTests.VenueOf(store, position));
    }

    [Fact]
    public void A_cut_holds_what_was_folded_when_it_was_taken_and_no_more()
    {
        var interactions = TestHistories.Random(6, count: 300, people: 7);
        var store = TestHistories.Fold(interactions.Take(200));
        var cut = HistoryCheckpoint.Cut(new EmbeddedPeople(store, new ProfileStore(), new BoundaryStore(), PeopleOptions.Default), 200);
        for (var i = 200; i < 300; i++) store.Apply(interactions[i], i + 1);

        HistoryCheckpoint.Write(File, "log-1", store, cut, TestContext.Current.CancellationToken);
        var restored = HistoryCheckpoint.TryRead(File, "log-1", 300, out _).ShouldNotBeNull();

        restored.Histories.Interactions.ShouldBe(200);
        for (var a = 0; a < 7; a++)
            for (var b = 0; b < a; b++)
                TestHistories.Read(restored.Histories, $"p{a}", $"p{b}", long.MaxValue - 1)
                    .ShouldBe(TestHistories.Naive(interactions[..200], $"p{a}", $"p{b}", long.MaxValue - 1));
    }

    [Fact]
    public void A_damaged_foreign_or_too_long_checkpoint_is_not_used_and_says_why()
    {
        var store = TestHistories.Fold(TestHistories.Random(8, count: 50, people: 5));
        HistoryCheckpoint.Write(
            File, "log-1", store,
            HistoryCheckpoint.Cut(new EmbeddedPeople(store, new ProfileStore(), new BoundaryStore(), PeopleOptions.Default), 50),
            TestContext.Current.CancellationToken);
        var intact = System.IO.File.ReadAllBytes(File);

        HistoryCheckpoint.TryRead(File, "log-2", 50, out var foreign).ShouldBeNull();
        foreign.ShouldBe("it belongs to another log");
        HistoryCheckpoint.TryRead(File, "log-1", 49, out var tooLong).ShouldBeNull();
        tooLong.ShouldBe("it reaches to position 50, the log only to 49");
        System.IO.File.WriteAllBytes(File, OfAnotherFormat(intact));
        HistoryCheckpoint.TryRead(File, "log-1", 50, out var older).ShouldBeNull();
        older.ShouldBe("it is of another format");
        for (var at = 0; at < intact.Length; at += 37)
        {
            var damaged = intact.ToArray();
            damaged[at] ^= 0x10;
            System.IO.File.WriteAllBytes(File, damaged);
            HistoryCheckpoint.TryRead(File, "log-1", 50, out var reason).ShouldBeNull();
            reason.ShouldBe("its checksum does not fit its content");
        }
        System.IO.File.WriteAllBytes(File, intact[..^9]);
        HistoryCheckpoint.TryRead(File, "log-1", 50, out _).ShouldBeNull();
        HistoryCheckpoint.TryRead(Path.Combine(_folder.FullName, "none"), "log-1", 50, out var none).ShouldBeNull();
        none.ShouldBeNull();
    }

    // The first format's mark, with a checksum that fits.
    private static byte[] OfAnotherFormat(byte[] intact)
    {
        var older = intact.ToArray();
        older[7] = (byte)'1';
        var crc = uint.MaxValue;
        foreach (var letter in older.AsSpan(0, older.Length - sizeof(uint))) crc = BitOperations.Crc32C(crc, letter);
        BitConverter.TryWriteBytes(older.AsSpan(older.Length - sizeof(uint)), ~crc).ShouldBeTrue();
        return older;
    }
}
