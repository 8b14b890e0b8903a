using NetworkGraph.Events.Records;
using NetworkGraph.People.Identity;

namespace NetworkGraph.People.Tests.Identity;

public sealed class AliasStoreTests
{
    private static readonly string[] s_ids = ["a", "b", "c", "d", "e", "f", "g"];
    private static readonly string?[] s_batches = [null, null, "cards", "archive"];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Merge_then_split_equals_never_merged(int seed)
    {
        var random = new Random(seed);
        var records = Random(random, 25);
        var aliases = Folded(records);
        var before = Shown(aliases);
        var (one, other) = Two(random);
        // A pair that stands already, or was called distinct, says something new when it is decided again.
        if (aliases.EdgeOf(one, other) is not null || aliases.AreDistinct(one, other)) return;
        aliases.Apply(Merge(one, other, null), 1000);
        aliases.Apply(new AliasChanged { AtMs = 0, One = other, Other = one, Change = AliasChange.Split }, 1001);
        Shown(aliases).ShouldBe(before);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Components_are_those_of_the_standing_edges(int seed)
    {
        var aliases = Folded(Random(new Random(seed), 40));
        var parent = s_ids.ToDictionary(static id => id, static id => id);
        foreach (var edge in aliases.Edges)
        {
            var (from, to) = (Root(edge.One), Root(edge.Other));
            parent[from] = to;
        }
        foreach (var id in s_ids)
        {
            aliases.IdsOf(id).ShouldBe(s_ids.Where(other => Root(other) == Root(id)));
            aliases.IdsOf(id).ShouldContain(aliases.CanonicalOf(id));
            aliases.IdsOf(id).Select(aliases.CanonicalOf).Distinct().ShouldHaveSingleItem();
        }

        string Root(string id) => parent[id] == id ? id : Root(parent[id]);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Undoing_an_import_equals_a_log_in_which_it_never_was(int seed)
    {
        // Decisions and the other import; what was decided against what this import showed is not among them.
        var random = new Random(seed);
        var records = Random(random, 30).Where(static record => record is not { Change: AliasChange.Split, Batch: null }).ToList();
        var undone = Folded(records);
        var position = 1000L;
        foreach (var pair in records.Where(static record => record.Batch == "cards").Select(
            static record => (record.One, record.Other)).Distinct())
            undone.Apply(new AliasChanged { AtMs = 0, One = pair.One, Other = pair.Other, Change = AliasChange.Split, Batch = "cards" },
                position++);
        Shown(undone).ShouldBe(Shown(Folded([.. records.Where(static record => record.Batch != "cards")])));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void An_erasure_leaves_what_the_other_records_say(int seed)
    {
        var random = new Random(seed);
        var records = Random(random, 40);
        var gone = s_ids[random.Next(s_ids.Length)];
        var (erased, elsewhere) = (Folded(records), Folded(records));
        var positions = erased.PositionsNaming(gone).ToHashSet();
        positions.ShouldBe(records.Select(static (record, index) => (record, index)).Where(placed => placed.record.Names(gone)).Select(
            static placed => placed.index + 1L), ignoreOrder: true);
        erased.Forget(gone);
        elsewhere.ForgetAt(positions);
        var rebuilt = Folded([.. records.Select(record => record.Names(gone) ? null! : record)]);
        Shown(erased).ShouldBe(Shown(rebuilt));
        Shown(elsewhere).ShouldBe(Shown(rebuilt));
        erased.Decided.OrderBy(static rule => rule.Key).ShouldBe(rebuilt.Decided.OrderBy(static rule => rule.Key));
        foreach (var id in records.SelectMany(static record => (string[])[record.One, record.Other]).Distinct())
        {
            erased.PositionsNaming(id).ShouldBe(rebuilt.PositionsNaming(id), id);
            elsewhere.PositionsNaming(id).ShouldBe(rebuilt.PositionsNaming(id), id);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_checkpoint_holds_everything(int seed)
    {
        var aliases = Folded(Random(new Random(seed), 40));
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true)) AliasCut.Of(aliases).Write(writer);
        stream.Position = 0;
        using var reader = new BinaryReader(stream);
        var read = AliasCut.Read(reader);
        Shown(read).ShouldBe(Shown(aliases));
        foreach (var id in s_ids) read.PositionsNaming(id).ShouldBe(aliases.PositionsNaming(id));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_changes_say_who_is_who_in_whatever_portions_they_are_read(int seed)
    {
        var random = new Random(seed);
        var aliases = Folded(Random(random, 40));
        var known = new Dictionary<string, string>();
        for (var after = 0L; aliases.History.ChangesAfter(
            after, 1 + random.Next(3)) is { Count: > 0 } changes; after = changes[^1].Position)
        {
            foreach (var change in changes)
                foreach (var id in new[] { change.Record.One, change.Record.Other })
                    foreach (var each in aliases.IdsOf(id)) known[each] = aliases.CanonicalOf(id);
        }
        foreach (var id in s_ids) known.GetValueOrDefault(id, id).ShouldBe(aliases.CanonicalOf(id));
    }

    [Fact]
    public void An_import_merges_once_and_nothing_that_was_decided_otherwise()
    {
        var aliases = new AliasStore();
        aliases.Apply(Merge("b", "a", "cards"), 1).ShouldHaveSingleItem().Canonical.ShouldBe("b");
        aliases.Apply(Merge("b", "a", "cards"), 2).ShouldBeEmpty("the file was imported again");
        aliases.Apply(new AliasChanged { AtMs = 0, One = "a", Other = "b", Change = AliasChange.Split }, 3);
        aliases.Apply(Merge("b", "a", "cards"), 4).ShouldBeEmpty("somebody split them");
        aliases.Apply(Merge("b", "a", "archive"), 5).ShouldBeEmpty();
        aliases.Apply(Merge("a", "b", null), 6).ShouldHaveSingleItem().Canonical.ShouldBe("a");
        aliases.Apply(Merge("b", "a", "archive"), 7).ShouldBeEmpty("a decision outweighs what an import shows");
        aliases.Apply(new AliasChanged { AtMs = 0, One = "a", Other = "b", Change = AliasChange.Split, Batch = "archive" }, 8);
        aliases.IdsOf("a").ShouldBe(["a", "b"], "it stands by the decision");
        aliases.Apply(new AliasChanged { AtMs = 0, One = "a", Other = "c", Change = AliasChange.Distinct }, 9);
        aliases.Apply(Merge("c", "a", "cards"), 10).ShouldBeEmpty("they are two people");
    }

    private static AliasStore Folded(List<AliasChanged> records)
    {
        var aliases = new AliasStore();
        for (var i = 0; i < records.Count; i++)
            if (records[i] is { } record) aliases.Apply(record, i + 1);
        return aliases;
    }

    private static string Shown(AliasStore aliases) => string.Join(
        "; ",
        [
            .. s_ids.Select(id => $"{aliases.CanonicalOf(id)}: {string.Join(' ', aliases.IdsOf(id))}"),
            .. aliases.Edges.OrderBy(static edge => edge.One + edge.Other).Select(
                static edge => $"{edge.One}={edge.Other}>{edge.Canonical} {edge.Batch}"),
            .. aliases.DistinctPairs.Order().Select(static pair => $"{pair.One}!{pair.Other}"),
        ]);

    private static List<AliasChanged> Random(Random random, int count)
    {
        var records = new List<AliasChanged>();
        while (records.Count < count)
        {
            var (one, other) = Two(random);
            var batch = s_batches[random.Next(s_batches.Length)];
            var canonical = random.Next(4) == 0 ? s_ids[random.Next(s_ids.Length)] : one;
            records.Add(random.Next(8) switch
            {
                0 => new AliasChanged { AtMs = records.Count, One = one, Other = other, Change = AliasChange.Split },
                1 => new AliasChanged { AtMs = records.Count, One = one, Other = other, Change = AliasChange.Distinct, Rule = "same-name" },
                _ => new AliasChanged
                {
                    AtMs = records.Count,
                    One = one,
                    Other = other,
                    Change = AliasChange.Merged,
                    Canonical = canonical,
                    Batch = batch,
                    Rule = batch is null ? "same-name" : null
                },
            });
        }
        return records;
    }

    private static (string One, string Other) Two(Random random)
    {
        var one = random.Next(s_ids.Length);
        return (s_ids[one], s_ids[(one + 1 + random.Next(s_ids.Length - 1)) % s_ids.Length]);
    }

    private static AliasChanged Merge(string one, string other, string? batch) =>
        new() { AtMs = 0, One = one, Other = other, Change = AliasChange.Merged, Canonical = one, Batch = batch };
}
