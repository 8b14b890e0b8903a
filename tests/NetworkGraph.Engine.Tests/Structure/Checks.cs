using FsCheck;
using FsCheck.Fluent;

namespace NetworkGraph.Engine.Tests.Structure;

/// <summary>Running a property with as many cases as a kernel deserves.</summary>
internal static class Checks
{
    /// <summary>Cancelled when the run of tests is.</summary>
    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static void ForAllNetworks(Action<GeneratedNetwork> property, int cases = 300, int mostPeople = 28) =>
        Prop.ForAll(GeneratedNetwork.Any(mostPeople), property).Check(Config.QuickThrowOnFailure.WithMaxTest(cases));

    public static void ShouldMatch(this double actual, double expected, string what, double relative = 1e-6)
    {
        var allowed = relative * Math.Max(Math.Abs(expected), 1e-12);
        Math.Abs(actual - expected).ShouldBeLessThanOrEqualTo(allowed, $"{what}: {actual:R} is not {expected:R}");
    }

    public static void ShouldMatch(this IReadOnlyList<double> actual, IReadOnlyList<double> expected, double relative = 1e-6)
    {
        actual.Count.ShouldBe(expected.Count);
        for (var i = 0; i < actual.Count; i++) actual[i].ShouldMatch(expected[i], $"person {i}", relative);
    }
}
