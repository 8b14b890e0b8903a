using NetworkGraph.Analytics;
using NetworkGraph.Analytics.Groups;
using NetworkGraph.Analytics.Nudges;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Records;
using NetworkGraph.People.FollowUps;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Nudges;
using NetworkGraph.People.Referrals;
using NetworkGraph.People.Venues;

namespace NetworkGraph.Server.Api.Parameters;

/// <summary>
/// One query parameter: what it is called, what it means, what it may be. The same definition checks requests and
/// describes the parameter in OpenAPI.
/// </summary>
public sealed record QueryParameter(string Name, string Description)
{
    /// <summary>For whole numbers: the smallest and the largest allowed, and what holds where it is not given.</summary>
    public (int Min, int Max, int Default)? Range { get; init; }

    /// <summary>For shares in [0,1]: what holds where it is not given.</summary>
    public double? ShareDefault { get; init; }

    /// <summary>For times: RFC 3339.</summary>
    public bool IsTime { get; init; }

    /// <summary>For words: the ones there are.</summary>
    public IReadOnlyList<string>? Words { get; init; }

    /// <summary>For ids of people: whether the value stands for the person who has it, or for itself.</summary>
    public Named Names { get; init; }

    public string? Example { get; init; }

    /// <summary>Whether it may be given several times.</summary>
    public bool IsRepeatable { get; init; }

    /// <summary>For what may be given several times: how often at most; null for as often as a request has room for.</summary>
    public int? MaxTimes { get; init; }
}

/// <summary>What the value of a query parameter stands for.</summary>
public enum Named
{
    /// <summary>A text, as it was written.</summary>
    Nothing,

    /// <summary>The person who has the id; read as the canonical one.</summary>
    Person,

    /// <summary>The id itself in its canonical form, whichever person it belongs to.</summary>
    Id,
}

/// <summary>The query parameters there are. Each means the same wherever it stands.</summary>
public static class QueryParameters
{
    public static readonly QueryParameter AsOf = new("asOf",
        "The date the network is seen at, RFC 3339, not in the future: only interactions up to then count. Without it: now.")
    {
        IsTime = true,
        Example = "2026-01-31T12:00:00Z",
    };

    public static readonly QueryParameter CanonicalId = new(
        "canonical", "By which of the person's ids they are known from here on. Without it: the one with more interactions.")
    {
        Names = Named.Id,
        Example = "ada@example.org",
    };

    public static readonly QueryParameter Distinct = new(
        "distinct", "'true': the two are different people's ids, and are not suggested again, whether or not they were merged.")
    {
        Words = ["false", "true"],
    };

    public static readonly QueryParameter SuggestionOne = new(
        "first", "With second: an id, to ask whether these two may be one person's.")
    { Names = Named.Id, Example = "ada@example.org" };

    public static readonly QueryParameter SuggestionOther = new(
        "second", "With first: the other id.")
    { Names = Named.Id, Example = "ada@home.example" };

    public static readonly QueryParameter MergeBatch = new("batch",
        "The import that shows the two to be of one card or account: undoing it withdraws the merge. Not given: it was decided.")
    {
        Example = "contacts.vcf-1a2b3c4d",
    };

    public static readonly QueryParameter Entity = new("entity", "What stands behind the id.") { Words = EntityKinds.Names };

    public static readonly QueryParameter ChangesAfter = new(
        "after", "Only changes after this position of the log: the position of the last one seen.")
    {
        Range = (0, int.MaxValue, 0),
        Example = "1200",
    };

    public static readonly QueryParameter Decision = new(
        "decision", "merge: the two ids are one person's; distinct: they are two people's, and are not suggested again.")
    {
        Words = ["merge", "distinct"],
    };

    public static readonly QueryParameter NudgeState = new("state", "Only nudges in this state.")
    {
        Words = ["open", "done", "snoozed", "dismissed", "all"],
    };

    public static readonly QueryParameter Lenient = new("lenient",
        "'true': a sender among the recipients, and a recipient named twice, are dropped; otherwise such an interaction is rejected.")
    {
        Words = ["false", "true"],
    };

    public static readonly QueryParameter Limit = new("limit", "How many items an answer has at most.") { Range = (1, 1000, 100) };

    public static readonly QueryParameter Cursor = new(
        "cursor", "Where to go on: the nextCursor of the answer before, for the same query.");

    public static readonly QueryParameter ReportState = new("state", "Only the reports in this state.") { Words = BoundaryNames.States };

    public static readonly QueryParameter ReportAbout = new(
        "about", "Only the reports about this person (an id).")
    { Names = Named.Person, Example = "grace@example.org" };

    public static readonly QueryParameter To = new(
        "to", "Id of the person to be introduced to.")
    { Names = Named.Person, Example = "grace@example.org" };

    public static readonly QueryParameter TargetOrganisation = new(
        "organisation", "Be introduced to anyone at this organisation.")
    { Example = "Acme" };

    public static readonly QueryParameter TargetRole = new("role", "Be introduced to anyone with this role.") { Example = "buyer" };

    public static readonly QueryParameter TargetTag = new("tag", "Be introduced to anyone with this tag.") { Example = "investor" };

    public static readonly QueryParameter FromOrganisation = new(
        "fromOrganisation", "The people of this organisation are the team.")
    { Example = "Acme" };

    public static readonly QueryParameter FromRole = new("fromRole", "The people with this role are the team.") { Example = "seller" };

    public static readonly QueryParameter FromTag = new("fromTag", "The people with this tag are the team.") { Example = "partners" };

    public static readonly QueryParameter MinScore = new(
        "minScore", "Paths with a lower score are left out, and counted.")
    { ShareDefault = 0.01, Example = "0.05" };

    public static readonly QueryParameter K = new("k", "How many paths, each with another first broker.") { Range = (1, 10, 3) };

    public static readonly QueryParameter MaxHops = new("maxHops", "How many hops a path has at most.") { Range = (2, 6, 3) };

    public static readonly QueryParameter Weights = new("weights", "Whether ties count by their strength, or all alike (none).")
    {
        Words = ["strength", "none"],
    };

    public static readonly QueryParameter GroupedBy = new(
        "by", "What people are grouped by. By tag a person is in the group of each of their tags.")
    {
        Words = GroupQueries.Groupings,
    };

    public static readonly QueryParameter Brokers = new("limit", "How many people the answer has at most.") { Range = (1, 1000, 20) };

    public static readonly QueryParameter Neighbours = new(
        "limit", "How many neighbours the answer has at most, the strongest ties first.")
    { Range = (1, 1000, 100) };

    public static readonly QueryParameter MapPeople = new(
        "limit", "How many people the map shows at most, those of the highest PageRank.")
    { Range = (1, 50_000, 2000) };

    public static readonly QueryParameter MapTies = new(
        "ties", "How many ties the map shows at most: the backbone that connects people first, then the strongest of "
        + "everyone's three strongest.")
    { Range = (0, 150_000, 150_000) };

    public static readonly QueryParameter MapPlaces = new("places",
        "Where people stand: as the network of the date (then) places them, or as the one of now does (now), so that maps of several "
        + "dates lie over each other. On the map of now communities are those of now too.")
    {
        Words = ["then", "now"],
    };

    public static readonly QueryParameter From = new(
        "from", "The first date, RFC 3339. Without it: the first interaction.")
    { IsTime = true, Example = "2025-01-01T00:00:00Z" };

    public static readonly QueryParameter Through = new(
        "to", "The last date, RFC 3339, not in the future. Without it: now.")
    { IsTime = true, Example = "2025-12-31T23:59:59Z" };

    public static readonly QueryParameter Points = new("points", "At how many dates, at equal distances.") { Range = (2, 60, 25) };

    public static readonly QueryParameter Audience = new(
        "audience", "Only groups of people who serve this audience.")
    { Example = "founders" };

    public static readonly QueryParameter HuddlePerson = new(
        "person", "Only groups with this person (an id).")
    { Names = Named.Person, Example = "ada@example.org" };

    public static readonly QueryParameter HuddleSize = new("size", "How many people are in a group.") { Range = (5, 10, 6) };

    public static readonly QueryParameter Huddles = new(
        "k", "How many groups at most; nobody is in two of them but the person asked for.")
    { Range = (1, 10, 3) };

    public static readonly QueryParameter Reached = new("limit", "How many people each list has at most.") { Range = (1, 1000, 20) };

    public static readonly QueryParameter NudgeRule = new("rule", "Only the nudges of this rule.") { Words = NudgeRules.All };

    public static readonly QueryParameter With = new(
        "with", "Only the interactions with this person (an id).")
    { Names = Named.Person, Example = "grace@example.org" };

    public static readonly QueryParameter Since = new(
        "since", "Only the interactions at or after this time, RFC 3339.")
    { IsTime = true, Example = "2025-01-01T00:00:00Z" };

    public static readonly QueryParameter ChangedSince = new(
        "since", "The earlier date, RFC 3339, not after the later one. Without it: 30 days before.")
    {
        IsTime = true,
        Example = "2025-01-01T00:00:00Z"
    };

    public static readonly QueryParameter Until = new(
        "until", "Only the interactions at or before this time, RFC 3339.")
    { IsTime = true, Example = "2025-12-31T23:59:59Z" };

    public static readonly QueryParameter Kind = new("kind", "Only the interactions of this kind.") { Words = WireNames.Kinds };

    public static readonly QueryParameter Ids = new("id", "Only the person with this id. Given several times: only these people.")
    {
        Example = "ada@example.org",
        IsRepeatable = true,
        MaxTimes = 100,
    };

    public static readonly QueryParameter Text = new(
        "query", "A part of the id, the name or the organisation, regardless of case.")
    { Example = "ada" };

    public static readonly QueryParameter Organisation = new("organisation", "Only people of this organisation.") { Example = "Acme" };

    public static readonly QueryParameter Role = new("role", "Only people with this role.") { Example = "buyer" };

    public static readonly QueryParameter Tag = new("tag", "Only people with this tag.") { Example = "investor" };

    public static readonly QueryParameter AtVenue = new(
        "venue", "Only the people met first at this venue, by its exact name.")
    { Example = "Spring Congress" };

    public static readonly QueryParameter FollowUpState = new(
        "state", "Only the first contacts in this state; the rates are of all the same.")
    { Words = FollowUpStates.Names };

    public static readonly QueryParameter ReferralRole = new(
        "role", "Only the loops in which the person has this part.")
    { Words = ["referrer", "receiver", "referred"] };

    public static readonly QueryParameter ReferralState = new(
        "state", "Only the loops that have come this far.")
    { Words = ReferralStates.Names };

    public static readonly QueryParameter OpenLoops = new(
        "open", "'true': only the loops that are not closed and can still be; 'false': only the others.")
    { Words = ["true", "false"] };

    public static readonly QueryParameter Goal = new(
        "goal", "What to take a tie up again for: 'advice' orders by trust (Walter, Levin and Murnighan 2015), 'newIdeas' and 'job' by "
        + "newness (Levin, Walter and Murnighan 2011; Granovetter 1973), 'introduction' by both. Without it: by reconnectValue.")
    {
        Words = ReconnectGoals.Names,
    };

    public static readonly QueryParameter VenueText = new(
        "query", "Words that the venue's name has in it, regardless of case.")
    { Example = "congress" };

    public static readonly QueryParameter VenueVerdict = new(
        "verdict", "Only the venues with this verdict.")
    { Words = VenueVerdicts.Names };

    public static readonly QueryParameter VenueSort = new(
        "sort", "What the list is ordered by, the greatest first; shares by their lower bound, so that few cases do not lead. "
        + "Without it: people.")
    {
        Words = ["people", "firstContacts", "within24h", "followedUp", "followedUpElsewhere", "stillReciprocated", "medianTieStrength",
            "helpGiven", "lastSeen", "name"],
    };

    public static readonly QueryParameter TieStatus = new("status", "Only the ties of this status.")
    {
        Words = [.. TieNames.Statuses, TieNames.Blocked],
    };

    public static readonly QueryParameter TieRelationship = new("relationship", "Only the ties of this kind of relationship.")
    {
        Words = TieNames.Relationships,
    };

    public static readonly QueryParameter TieTag = new("tag", "Only the ties with people who have this tag.") { Example = "investor" };

    public static readonly QueryParameter TieSort = new("sort", "What the list is ordered by, the greatest first. Without it: strength.")
    {
        Words = ["strength", "lastContact", "silence", "balance", "persistProbability", "interactions"],
    };

    public static readonly QueryParameter AskState = new("state", "Only the asks in this state.")
    {
        Words = NetworkGraph.People.Outreach.Asks.States,
    };

    public static readonly QueryParameter Clear = new(
        "clear", "A field to take away; may be given several times. Over HTTP null in the body does the same.")
    {
        Words = ["name", "organisation", "role", "industry", "offers", "audience", "tags", "openToIntroductions", "entity"],
        IsRepeatable = true,
        MaxTimes = 9,
    };

    public static readonly QueryParameter LastEventId = new(
        "lastEventId", "The id of the event heard last, to go on after it; the header Last-Event-ID goes before.");

    public static readonly QueryParameter CompareWith = new(
        "with", "The venue to compare with, by its exact name. Without it: all others taken together.")
    { Example = "Autumn Congress" };
}
