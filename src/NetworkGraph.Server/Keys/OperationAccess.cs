using System.Collections.Frozen;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Records;
using NetworkGraph.People.Boundaries;
using NetworkGraph.Server.Operations;
using NetworkGraph.Server.Outcomes;

namespace NetworkGraph.Server.Keys;

/// <summary>
/// Who may do what: the one place that says so, for HTTP and gRPC. An operation that is not in the table is refused to
/// every key. What an answer shows to those who may ask for it is for <see cref="Viewer"/> to say.
/// </summary>
internal static class OperationAccess
{
    /// <summary>The names, as of an operation, of what is served besides operations.</summary>
    public const string Assistants = "mcp", Metrics = "getMetrics", Orleans = "getOrleans", Document = "getOpenApi", Reflection = "reflection";

    private const Scopes Readers = Scopes.Analyst | Scopes.Safety | Scopes.Admin;
    private const Scopes Analysts = Scopes.Analyst | Scopes.Admin;
    private const Scopes Senders = Scopes.Ingest | Scopes.Admin;

    private static readonly FrozenDictionary<string, Access> s_table = new Dictionary<string, Access>
    {
        // Taking in.
        ["recordInteractions"] = new(Senders, Own.Sender),
        ["getInteraction"] = new(Readers, Own.Participant),
        ["amendInteraction"] = new(Senders),
        ["retractInteraction"] = new(Scopes.Admin),
        ["startImport"] = new(Senders),
        ["listImports"] = new(Senders),
        ["getImport"] = new(Senders),
        ["undoImport"] = new(Senders),
        ["listSources"] = new(Scopes.Admin),
        ["putPeople"] = new(Senders),
        ["putPerson"] = new(Senders, Own.Person),
        ["patchPerson"] = new(Senders, Own.Person),
        // For good, and the one thing that cannot be taken back: not with a key that an application hands to a person.
        ["erasePerson"] = new(Scopes.Admin),
        ["getSuppressions"] = new(Scopes.Admin),
        ["liftSuppression"] = new(Scopes.Admin),

        // One person's side.
        ["getPerson"] = new(Readers, Own.Person),
        ["getInteractions"] = new(Readers, Own.Person),
        ["getTies"] = new(Readers, Own.Person),
        ["getTie"] = new(Readers, Own.Person),
        ["getReciprocity"] = new(Readers, Own.Person),
        ["getDormantTies"] = new(Readers, Own.Person),
        ["getRevival"] = new(Readers, Own.Person),
        ["getIntroductions"] = new(Readers, Own.Person),
        ["getIntroductionChains"] = new(Readers, Own.Person),
        ["getFollowUps"] = new(Readers, Own.Person),
        ["getPersonVenues"] = new(Readers, Own.Person),
        ["getReferrals"] = new(Readers, Own.Person),
        ["getArchetypes"] = new(Readers, Own.Person),
        ["getWarnings"] = new(Readers, Own.Person),
        ["getStructure"] = new(Readers, Own.Person),
        // Shows what one's contacts have with each other, which is theirs.
        ["getEgo"] = new(Readers),
        ["getNudges"] = new(Readers, Own.Person),
        ["getBrief"] = new(Readers, Own.Person),
        ["putNudge"] = new(Scopes.Admin, Own.Person),
        ["getPreference"] = new(Scopes.Admin, Own.Person),
        ["putPreference"] = new(Scopes.Admin, Own.Person),
        ["deletePreference"] = new(Scopes.Admin, Own.Person),
        ["getCadences"] = new(Scopes.Admin, Own.Person),
        ["putCadences"] = new(Scopes.Admin, Own.Person),
        ["putBeginning"] = new(Scopes.Admin, Own.Person),
        ["deleteBeginning"] = new(Scopes.Admin, Own.Person),
        ["getAsks"] = new(Scopes.Admin, Own.Person),
        ["proposeAsk"] = new(Scopes.Admin, Own.Person),
        ["putAsk"] = new(Scopes.Admin, Own.Person),
        ["getAccess"] = new(Scopes.Admin, Own.Person),
        ["exportPerson"] = new(Scopes.Admin, Own.Person),

        // Who is who.
        ["getAliases"] = new(Readers, Own.Person),
        ["mergeAlias"] = new(Scopes.Admin),
        ["splitAlias"] = new(Scopes.Admin),
        ["listIdentitySuggestions"] = new(Analysts),
        ["decideIdentitySuggestion"] = new(Scopes.Admin),
        ["listIdentityChanges"] = new(Analysts),
        ["listEntitySuggestions"] = new(Analysts),
        ["confirmEntity"] = new(Scopes.Admin),

        // Boundaries.
        ["getBlocks"] = new(Scopes.Safety | Scopes.Admin, Own.Person),
        ["placeBlock"] = new(Scopes.Admin, Own.Person),
        ["liftBlock"] = new(Scopes.Admin, Own.Person),
        ["fileReport"] = new(Scopes.Safety | Scopes.Admin, Own.Reports),
        ["listReports"] = new(Scopes.Safety),
        ["getReport"] = new(Scopes.Safety),
        ["moveReport"] = new(Scopes.Safety),

        // The network. Of an export the whole log is for the scope admin; the operation itself says so.
        ["exportNetwork"] = new(Analysts),
        ["searchPeople"] = new(Readers),
        ["getNetwork"] = new(Analysts),
        ["getNetworkReciprocity"] = new(Analysts),
        ["getReciprocityDistribution"] = new(Analysts),
        ["getNetworkChanges"] = new(Analysts),
        // Names people: to those who may ask for each person's warnings, and see none that is not for them.
        ["getNetworkWarnings"] = new(Analysts),
        ["getCommunities"] = new(Analysts),
        ["getCores"] = new(Analysts),
        ["getBackbone"] = new(Analysts),
        ["getBrokers"] = new(Analysts),
        ["getGroups"] = new(Analysts),
        // Uses everybody's ties in a team.
        ["getTeamIntroductions"] = new(Analysts),
        ["getNetworkMap"] = new(Analysts),
        ["getNetworkTimeline"] = new(Analysts),
        ["getHuddles"] = new(Analysts),
        ["searchVenues"] = new(Analysts),
        ["getVenue"] = new(Analysts),
        // Names people who were at a venue, and contacts they have in common.
        ["getPairings"] = new(Analysts),
        // The operation itself shows each key those that it made.
        ["listSubscriptions"] = new(Analysts),
        ["createSubscription"] = new(Analysts),
        ["getSubscription"] = new(Analysts),
        ["deleteSubscription"] = new(Analysts),
        ["getLive"] = new(Readers, Own.Events),

        // Besides operations: no person is named in any of them.
        [Metrics] = new(Analysts),
        [Orleans] = new(Analysts),
        // Each tool asks for its own operation.
        [Assistants] = new(Scopes.None, AnyKey: true),
        [Document] = new(Scopes.None, AnyKey: true),
        [Reflection] = new(Scopes.None, AnyKey: true),
    }.ToFrozenDictionary();

    /// <summary>What a person's own key may do.</summary>
    private enum Own
    {
        Nothing,

        /// <summary>Where the operation is about (<c>id</c>) that person.</summary>
        Person,

        /// <summary>Reports by that person; the operation itself looks who reports.</summary>
        Reports,

        /// <summary>What happens to that person; the operation itself picks it out.</summary>
        Events,

        /// <summary>Interactions that the person sends; the operation itself looks who sends.</summary>
        Sender,

        /// <summary>Interactions that the person took part in; the operation itself looks who did.</summary>
        Participant,
    }

    /// <summary>All operations in the table.</summary>
    public static IEnumerable<string> Operations => s_table.Keys;

    /// <summary>Why the viewer may not do this; null where they may.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="operation">The operation's id.</param>
    /// <param name="parameters">What it is asked with.</param>
    public static Problem? Refusal(Viewer viewer, string? operation, IParameters parameters)
    {
        if (viewer.MayDoAll) return null;
        if (operation is null || !s_table.TryGetValue(operation, out var access)) return Problem.From(Outcome.PermissionDenied, "No key is good for this.");
        if (access.AnyKey || (viewer.Scopes & access.Scopes) != 0) return null;
        if (viewer.Person is { } person && access.Own is not Own.Nothing)
        {
            if (access.Own is not Own.Person) return null;
            if (parameters.TryReadId("id", out var id, out _) && parameters.PersonOf(PersonId.CanonicalOrSame(id)) == person) return null;
        }
        return Problem.From(Outcome.PermissionDenied, $"This needs a key with {Needed(access)}.");
    }

    /// <summary>What a key needs for the operation, in words.</summary>
    public static string? NeededFor(string operation) => s_table.TryGetValue(operation, out var access) ? Needed(access) : null;

    private static string Needed(Access access)
    {
        if (access.AnyKey) return "any scope";
        var names = ScopeNames.Of(access.Scopes).ToList();
        var own = access.Own switch
        {
            Own.Person => "the person's own (person:<id>)",
            Own.Reports => "the reporter's own (person:<id>)",
            Own.Sender => "a person's own (person:<id>), for interactions from that person",
            Own.Participant => "a person's own (person:<id>), for interactions they took part in",
            Own.Events => "a person's own (person:<id>), for their own events",
            _ => null,
        };
        var scopes = names.Count == 1 ? $"the scope {names[0]}" : $"one of the scopes {string.Join(", ", names)}";
        return own is null ? scopes : $"{scopes}, or {own}";
    }

    private readonly record struct Access(Scopes Scopes, Own Own = Own.Nothing, bool AnyKey = false);
}
