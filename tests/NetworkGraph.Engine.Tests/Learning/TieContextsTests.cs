using NetworkGraph.Engine.Snapshots;
using NetworkGraph.Engine.Ties;

namespace NetworkGraph.Engine.Tests.Learning;

public class TieContextsTests
{
    private const long Day = 86_400_000;

    [Fact]
    public void It_is_what_counting_gives_and_the_same_for_both()
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            var random = new Random(seed);
            var people = random.Next(3, 30);
            var ids = new PersonIds();
            for (var person = 0; person < people; person++) ids.Add($"p{person:D2}");
            var builder = new SnapshotBuilder(ids, new TieDecay(0, 180));
            var ties = new Dictionary<(int, int), (double Strength, long LastMs)>();
            for (var low = 0; low < people; low++)
            {
                for (var high = low + 1; high < people; high++)
                {
                    if (random.Next(3) == 0) continue;
                    var (up, down) = (random.Next(4), random.Next(4));
                    var lastMs = random.Next(90) * Day;
                    builder.Add(low, high, new DyadFacts
                    {
                        StrengthOut = up + 1,
                        StrengthIn = down,
                        ContactStrengthOut = up,
                        ContactStrengthIn = down,
                        ContactsOut = up,
                        ContactsIn = down,
                        FirstContactMs = lastMs,
                        LastContactMs = lastMs,
                        Interactions = up + down + 1,
                    });
                    if (up + down > 0) ties.Add((low, high), (up + down, lastMs));
                }
            }
            var snapshot = builder.Build(90 * Day);
            var contexts = new TieContexts(snapshot);
            foreach (var (low, high) in ties.Keys)
            {
                var context = contexts.Of(low, high);
                var (mine, theirs) = (Of(low), Of(high));
                context.Common.ShouldBe(mine.Contacts.Intersect(theirs.Contacts).Count());
                context.LessDegree.ShouldBe(Math.Min(mine.Contacts.Count, theirs.Contacts.Count));
                context.LessActive.ShouldBe(Math.Min(mine.Strength, theirs.Strength) * snapshot.StrengthFactor, 1e-6);
                context.MoreActive.ShouldBe(Math.Max(mine.Strength, theirs.Strength) * snapshot.StrengthFactor, 1e-6);
                context.QuieterSilenceDays.ShouldBe(90 - Math.Min(mine.LastMs, theirs.LastMs) / (double)Day, 1e-9);
                new TieContexts(snapshot).Of(high, low).ShouldBe(context);
            }

            (HashSet<int> Contacts, double Strength, long LastMs) Of(int person)
            {
                var own = ties.Where(tie => tie.Key.Item1 == person || tie.Key.Item2 == person).ToList();
                return ([.. own.Select(tie => tie.Key.Item1 == person ? tie.Key.Item2 : tie.Key.Item1)],
                    own.Sum(tie => tie.Value.Strength), own.Max(tie => tie.Value.LastMs));
            }
        }
    }
}
