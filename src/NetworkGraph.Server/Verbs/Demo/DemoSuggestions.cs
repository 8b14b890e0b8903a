using NetworkGraph.Analytics;
using NetworkGraph.Demo;
using NetworkGraph.People.Boundaries;

namespace NetworkGraph.Server.Verbs.Demo;

/// <summary>Requests worth trying on a demo network, with people for whom the answer is not empty.</summary>
internal static class DemoSuggestions
{
    private const int MostPeopleTried = 50;

    /// <summary>Paths with queries, from /v1 on. Fewer where the network as it is now gives no answer worth seeing.</summary>
    /// <param name="queries">Of the network served, which is ready.</param>
    /// <param name="truth">What was planted in it.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<IReadOnlyList<string>> FindAsync(NetworkQueries queries, DemoGroundTruth truth, CancellationToken cancellation)
    {
        var paths = new List<string> { "/v1/network" };
        if (await WithDormantTiesAsync(queries, truth, cancellation) is not { } person) return paths;
        var id = Uri.EscapeDataString(person);
        paths.Add($"/v1/people/{id}/dormant-ties?limit=3");
        paths.Add($"/v1/people/{id}/ties?limit=5");
        paths.Add($"/v1/people/{id}/reciprocity");
        if (await ToIntroduceAsync(queries, truth, person, cancellation) is { } target)
            paths.Add($"/v1/people/{id}/introductions?to={Uri.EscapeDataString(target)}");
        return paths;
    }

    private static async Task<string?> WithDormantTiesAsync(NetworkQueries queries, DemoGroundTruth truth, CancellationToken cancellation)
    {
        foreach (var pair in truth.DormantTies.Take(MostPeopleTried))
            if (await queries.DormantTiesAsync(
                Viewer.Admin, pair.First, ReconnectGoal.Any, null,
                cancellation) is { Items: [{ ReconnectValue: > 0 }, ..] }) return pair.First;
        return null;
    }

    /// <summary>Of some people whom several paths lead to, and who are no contacts yet, the one the best path leads to.</summary>
    private static async Task<string?> ToIntroduceAsync(
        NetworkQueries queries, DemoGroundTruth truth, string person, CancellationToken cancellation)
    {
        string? best = null;
        var bestScore = 0.0;
        var candidates = truth.DormantTies.Select(pair => pair.Second)
            .Concat(truth.Introductions.Select(introduction => introduction.First));
        foreach (var target in candidates.Where(candidate => candidate != person).Take(MostPeopleTried))
        {
            var outcome = await queries.IntroductionsAsync(
                new IntroductionsRequest { Viewer = Viewer.Admin, From = person, To = target }, cancellation);
            if (outcome.Answer is not { AlreadyConnected: null, Paths: [var path, _, ..] } || path.Score <= bestScore) continue;
            (best, bestScore) = (target, path.Score);
        }
        return best;
    }
}
