using NetworkGraph.Analytics;
using NetworkGraph.Analytics.Nudges;
using NetworkGraph.People.Measures;

namespace NetworkGraph.Server.Assistants;

/// <summary>The tools that read. Each asks one operation, so that an assistant is shown what its key may see, and no more.</summary>
internal static class AssistantTools
{
    public const int DefaultItems = 10;
    public const int MaxItems = 50;

    /// <summary>The tool that explains a measure; it asks no operation.</summary>
    public const string ExplainMeasure = "explain_measure";

    private static readonly AssistantArgument s_person = new("person", "id",
        "Id of the person whose side is asked for, such as an e-mail address. May be left out where the key is one person's own.")
    {
        IsRequired = false,
        IsSelf = true,
    };

    private static readonly AssistantArgument s_asOf = new("as_of", "asOf",
        "The date to see the network at, RFC 3339, not in the future. Without it: now.");

    private static readonly AssistantArgument s_limit = new("limit", "limit", "How many items at most.")
    {
        Range = (1, MaxItems,
        DefaultItems)
    };

    private static readonly AssistantArgument s_cursor = new("cursor", "cursor",
        "Where to go on: next_cursor of the answer before, with the same arguments.");

    /// <summary>All tools that read, in the order in which they are listed.</summary>
    public static IReadOnlyList<AssistantTool> All { get; } =
    [
        new("find_people", "Find people", "searchPeople",
            "Finds people by a part of their id, name or organisation, or by organisation, role or tag.",
        [
            new("query", "query", "A part of the name, id or organisation."), new("organisation", "organisation",
                "Only people of this organisation."),
            new("role", "role", "Only people with this role."), new("tag", "tag", "Only people with this tag."), s_limit, s_cursor,
        ]) { IsForPeople = false },
        new("get_person", "Get a person", "getPerson",
            "A person's profile, what they took part in, and when they were first and last seen.", [s_person, s_asOf]),
        new("list_ties", "List a person's ties", "getTies",
            "The people a person has a relationship with: status, strength, balance, when they were last in touch.",
        [
            s_person, new("status", "status", "Only ties of this status.") { Words = TieNames.Statuses },
            new("tag", "tag", "Only ties with people who have this tag."),
            new("sort", "sort", "What the list is ordered by, the greatest first.") { Words = ["strength", "lastContact", "silence",
                "balance", "persistProbability", "interactions"] },
            s_asOf, s_limit, s_cursor,
        ]),
        new("brief_before_meeting", "Brief before a meeting", "getBrief",
            "What to know before a person meets another: their history, what is open between them, whom both know, and counsel.",
            [s_person, new("other", "other", "Id of the person to be met.") { IsRequired = true }, s_asOf]) { IsHeavy = true },
        new("next_actions", "Next best actions", "getNudges", "What a person should do next, worth most first, each with its reason.",
            [s_person, new("rule", "rule", "Only the actions of this rule.") { Words = NudgeRules.All }, s_asOf, s_limit,
                s_cursor]) { IsHeavy = true },
        new("dormant_ties", "Dormant ties", "getDormantTies", "Ties that have gone quiet, the ones most worth reviving first.",
            [s_person, new("goal", "goal", "What to take a tie up again for.") { Words = ReconnectGoals.Names }, s_asOf, s_limit,
                s_cursor]) { IsHeavy = true },
        new("introduction_paths", "Introduction paths", "getIntroductions",
            "Who can introduce a person to another, or to anyone of an organisation, with a role or a tag: whom to ask first, how likely "
                + "it is to work, and why.",
        [
            s_person, new("to", "to", "Id of the person to be introduced to."), new("organisation", "organisation",
                "Anyone of this organisation."),
            new("role", "role", "Anyone with this role."), new("tag", "tag", "Anyone with this tag."),
            new("count", "k", "How many paths.") { Range = (1, 10, 3) }, new("max_hops", "maxHops",
                "How many hops a path has at most.") { Range = (2, 6, 3) }, s_asOf,
        ]) { IsHeavy = true },
        new("follow_ups", "Follow-ups", "getFollowUps", "People a person met first, and whether they followed up.", [s_person, s_asOf,
            s_limit, s_cursor]),
        new("referrals", "Referrals", "getReferrals",
            "Referrals a person made, received or was the subject of, and how far each has come.", [s_person, s_asOf, s_limit, s_cursor]),
        new("network_overview", "Network overview", "getNetwork",
            "How many people, interactions and ties the whole network has, and how many relationships are of which status.", [s_asOf])
        {
            IsForPeople = false,
        },
        new(ExplainMeasure, "Explain a measure", "",
            "What a measure means, how it is computed and where it comes from. Without a name: the names there are.",
            [new("name", "name", "Name of the measure, such as 'reconnect value' or 'balance'.")]),
        new("identity_suggestions", "Suggested duplicates", "listIdentitySuggestions",
            "Pairs of ids that may be one person's, the most probable first, each with what it rests on.",
            [s_limit, s_cursor]) { IsForPeople = false, IsHeavy = true },
    ];
}
