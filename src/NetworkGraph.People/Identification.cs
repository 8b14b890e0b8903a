using NetworkGraph.Events.Records;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Identity;
using NetworkGraph.People.Profiles;

namespace NetworkGraph.People;

/// <summary>Carries who is who, and what stands behind an id, from their folds over to the tables that measures read.</summary>
internal static class Identification
{
    /// <summary>Takes over the people whose ids changed. Only the one writer calls this.</summary>
    public static void Apply(IReadOnlyList<IdentityGroup> changed, HistoryStore histories, ProfileStore profiles)
    {
        if (changed.Count == 0) return;
        var people = new List<int[]>(changed.Count);
        foreach (var group in changed)
            people.Add([histories.PersonOf(group.Canonical), .. group.Ids.Where(id => id != group.Canonical).Select(histories.PersonOf)]);
        histories.Identify(people);
        profiles.Identify(people, histories.People.Ids);
        foreach (var numbers in people)
            foreach (var number in numbers) StateEntity(number, histories, profiles);
    }

    /// <summary>Takes over everything that a checkpoint holds.</summary>
    public static void Restore(AliasStore aliases, HistoryStore histories, ProfileStore profiles)
    {
        Apply([.. aliases.Groups], histories, profiles);
        foreach (var stored in profiles.All()) StateEntity(histories.PersonOf(stored.Profile.Id), histories, profiles);
    }

    /// <summary>What the profiles of a person say stands behind them.</summary>
    public static void StateEntity(int person, HistoryStore histories, ProfileStore profiles)
    {
        var number = histories.People.Resolve(person);
        histories.SetEntity(number, profiles.Of(number)?.Entity);
    }
}
