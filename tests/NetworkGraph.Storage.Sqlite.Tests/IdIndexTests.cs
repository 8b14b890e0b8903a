namespace NetworkGraph.Storage.Sqlite.Tests;

public class IdIndexTests
{
    [Theory]
    [InlineData(1, ulong.MaxValue)]
    [InlineData(2, 0xFF000000000000FFUL)]
    [InlineData(3, 0x3UL)]
    public void It_holds_what_a_dictionary_of_lists_would(int seed, ulong mask)
    {
        var random = new Random(seed);
        var index = new IdIndex();
        var model = new Dictionary<ulong, List<(uint Content, long Position)>>();
        var added = new List<(ulong Hash, long Position)>();
        for (var position = 1L; position <= 20_000; position++)
        {
            var hash = (ulong)random.NextInt64() & mask;
            var content = (uint)random.Next();
            index.Add(hash, content, position);
            if (!model.TryGetValue(hash, out var same)) model[hash] = same = [];
            same.Add((content, position));
            added.Add((hash, position));
            if (mask == 3 && position == 800) break;
            if (random.Next(3) != 0) continue;
            var at = random.Next(added.Count);
            var (goneHash, gonePosition) = added[at];
            added.RemoveAt(at);
            index.Remove(goneHash, gonePosition);
            model[goneHash].RemoveAll(one => one.Position == gonePosition);
        }
        index.Count.ShouldBe(added.Count);
        foreach (var (hash, same) in model) Found(index, hash).ShouldBe(same, ignoreOrder: true);
        Found(index, 12345).ShouldBeEmpty();
    }

    private static List<(uint Content, long Position)> Found(IdIndex index, ulong hash)
    {
        var found = new List<(uint, long)>();
        var probe = -1;
        while (index.Next(hash, ref probe, out var content) is > 0 and var position) found.Add((content, position));
        return found;
    }
}
