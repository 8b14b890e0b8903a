using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using NetworkGraph.Analytics;
using NetworkGraph.Analytics.Briefs;
using NetworkGraph.Analytics.Graphs;
using NetworkGraph.Analytics.Groups;
using NetworkGraph.Analytics.Huddles;
using NetworkGraph.Analytics.Map;
using NetworkGraph.Analytics.Nudges;
using NetworkGraph.Analytics.Overview;
using NetworkGraph.Analytics.Revival;
using NetworkGraph.Analytics.Structure;
using NetworkGraph.Analytics.Timeline;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.People;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Venues;
using NetworkGraph.Server.Access;
using NetworkGraph.Server.Asks;
using NetworkGraph.Server.Http.Boundaries;
using NetworkGraph.Server.Http.Identity;
using NetworkGraph.Server.Http.Interactions;
using NetworkGraph.Server.Http.People;
using NetworkGraph.Server.Imports;
using NetworkGraph.Server.Live;
using NetworkGraph.Server.LiveSources;
using NetworkGraph.Server.Operations;
using NetworkGraph.Server.Outcomes;
using NetworkGraph.Server.Webhooks;

namespace NetworkGraph.Server.Http;

/// <summary>A page of a list: its items, where it goes on (null: nowhere), and the date it was seen at.</summary>
public sealed record ListAnswer<T>(IReadOnlyList<T> Items, string? NextCursor, DateTimeOffset AsOf);

/// <summary>A person's ties, with what their probabilities are about and how they were made.</summary>
/// <param name="PersistWithinDays">The span of time that each item's persistProbability is about, days.</param>
/// <param name="Model">How persistProbability is made.</param>
/// <param name="Items">Strongest first, then by id.</param>
/// <param name="NextCursor">Where the list goes on; null at its end.</param>
/// <param name="AsOf">The date that the answer is about.</param>
public sealed record TiesAnswer(double PersistWithinDays, ModelAnswer Model, IReadOnlyList<Tie> Items, string? NextCursor, DateTimeOffset AsOf);

/// <summary>How a probability was made.</summary>
/// <param name="Name">"prior" for the documented weights, "learned" for those fitted to this network's past.</param>
/// <param name="Learned">Whether it was learned from this network's past.</param>
/// <param name="GridDate">The date it was learned up to; null where it was not.</param>
public sealed record ModelAnswer(string Name, bool Learned, DateTimeOffset? GridDate)
{
    /// <summary>Learned up to a date (Unix ms), or the documented prior where it is null.</summary>
    public static ModelAnswer Of(long? gridMs) =>
        gridMs is { } date ? new("learned", true, DateTimeOffset.FromUnixTimeMilliseconds(date)) : new("prior", false, null);
}

/// <summary>The replies that operations give.</summary>
internal static class Answer
{
    public static Reply Of<T>(T answer, JsonTypeInfo<T> type, Outcome outcome = Outcome.Ok)
        where T : class => Reply.Of(answer, type, outcome);

    public static Reply Problem(Outcome outcome, string detail, string? parameter = null) => Outcomes.Problem.From(outcome, detail, parameter);

    public static Reply NobodyHas(string parameter, string id) => Problem(Outcome.NotFound, $"Nobody with the id '{id}' is known.", parameter);

    /// <summary>Why the log took nothing of an append; null where it took it.</summary>
    public static Reply? NotRecorded(AppendReceipt receipt)
    {
        if (receipt.Overloaded) return Overloaded();
        foreach (var result in receipt.Results)
            if (result.Outcome is AppendOutcome.Suppressed)
                return Problem(Outcome.Suppressed, "This names a person who was erased and stays out. Nothing was recorded; an administrator can lift that.");
        return null;
    }

    public static Reply Overloaded() => Problem(Outcome.Overloaded, "The log takes no more just now. Nothing was kept; try again in a moment.");
}

/// <summary>All answers under /v1. Numbers that are none (NaN) are a fault and are never written.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(Profile))]
[JsonSerializable(typeof(PersonAnswer))]
[JsonSerializable(typeof(ErasureAnswer))]
[JsonSerializable(typeof(ProfilesAnswer))]
[JsonSerializable(typeof(TieDetail))]
[JsonSerializable(typeof(NoTie))]
[JsonSerializable(typeof(EgoReciprocity))]
[JsonSerializable(typeof(IntroductionsAnswer))]
[JsonSerializable(typeof(NetworkAnswer))]
[JsonSerializable(typeof(NetworkReciprocityAnswer))]
[JsonSerializable(typeof(ReciprocityDistributionAnswer))]
[JsonSerializable(typeof(NetworkChangesAnswer))]
[JsonSerializable(typeof(NetworkWarningsAnswer))]
[JsonSerializable(typeof(FollowUpsAnswer))]
[JsonSerializable(typeof(ReferralsAnswer))]
[JsonSerializable(typeof(VenueAnswer))]
[JsonSerializable(typeof(ListAnswer<VenueSummary>))]
[JsonSerializable(typeof(ListAnswer<PersonVenue>))]
[JsonSerializable(typeof(PersonStructureAnswer))]
[JsonSerializable(typeof(CommunitiesAnswer))]
[JsonSerializable(typeof(EgoAnswer))]
[JsonSerializable(typeof(ChainsAnswer))]
[JsonSerializable(typeof(GroupsAnswer))]
[JsonSerializable(typeof(TeamIntroductionsAnswer))]
[JsonSerializable(typeof(CoresAnswer))]
[JsonSerializable(typeof(BackboneAnswer))]
[JsonSerializable(typeof(PairingsAnswer))]
[JsonSerializable(typeof(MapAnswer))]
[JsonSerializable(typeof(TimelineAnswer))]
[JsonSerializable(typeof(HuddlesAnswer))]
[JsonSerializable(typeof(RevivalAnswer))]
[JsonSerializable(typeof(NudgesAnswer))]
[JsonSerializable(typeof(Brief))]
[JsonSerializable(typeof(ListAnswer<BrokerAnswer>))]
[JsonSerializable(typeof(LiveCounters))]
[JsonSerializable(typeof(LiveStatus))]
[JsonSerializable(typeof(LiveWarning))]
[JsonSerializable(typeof(LiveArchetype))]
[JsonSerializable(typeof(LiveResync))]
[JsonSerializable(typeof(LiveIdentity))]
[JsonSerializable(typeof(IdentityChangesAnswer))]
[JsonSerializable(typeof(ListAnswer<EntitySuggestion>))]
[JsonSerializable(typeof(PersonExportAnswer))]
[JsonSerializable(typeof(FiledReportAnswer))]
[JsonSerializable(typeof(ReportAnswer))]
[JsonSerializable(typeof(AliasesAnswer))]
[JsonSerializable(typeof(IdentitySuggestion))]
[JsonSerializable(typeof(SuppressionsAnswer))]
[JsonSerializable(typeof(LiftAnswer))]
[JsonSerializable(typeof(ListAnswer<IdentitySuggestion>))]
[JsonSerializable(typeof(BlockAnswer))]
[JsonSerializable(typeof(ListAnswer<BlockAnswer>))]
[JsonSerializable(typeof(ListAnswer<ReportAnswer>))]
[JsonSerializable(typeof(ListAnswer<Profile>))]
[JsonSerializable(typeof(TiesAnswer))]
[JsonSerializable(typeof(ArchetypesAnswer))]
[JsonSerializable(typeof(ListAnswer<WarningAnswer>))]
[JsonSerializable(typeof(ListAnswer<DormantTie>))]
[JsonSerializable(typeof(ListAnswer<InteractionAnswer>))]
[JsonSerializable(typeof(InteractionDetail))]
[JsonSerializable(typeof(RetractionAnswer))]
[JsonSerializable(typeof(ImportAnswer))]
[JsonSerializable(typeof(ListAnswer<ImportAnswer>))]
[JsonSerializable(typeof(SourceAnswer))]
[JsonSerializable(typeof(ListAnswer<SourceAnswer>))]
[JsonSerializable(typeof(UndoAnswer))]
[JsonSerializable(typeof(PreferenceAnswer))]
[JsonSerializable(typeof(CadencesAnswer))]
[JsonSerializable(typeof(Nudge))]
[JsonSerializable(typeof(BeginningRequest))]
[JsonSerializable(typeof(BeginningAnswer))]
[JsonSerializable(typeof(AskRequest))]
[JsonSerializable(typeof(AskChangeRequest))]
[JsonSerializable(typeof(AskAnswer))]
[JsonSerializable(typeof(ListAnswer<AskAnswer>))]
[JsonSerializable(typeof(ListAnswer<AccessAnswer>))]
[JsonSerializable(typeof(SubscriptionRequest))]
[JsonSerializable(typeof(SubscriptionAnswer))]
[JsonSerializable(typeof(ListAnswer<SubscriptionAnswer>))]
internal sealed partial class AnswersJson : JsonSerializerContext
{
    /// <summary>Writes names as they are: answers are JSON and never part of a page, so only JSON's own signs are escaped.</summary>
    public static AnswersJson Plain { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        Converters = { new UtcTimeConverter() },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}

/// <summary>Times in answers: RFC 3339 in UTC, ending in Z.</summary>
internal sealed class UtcTimeConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        Span<byte> utf8 = stackalloc byte[Rfc3339.MaxBytes];
        writer.WriteStringValue(utf8[..Rfc3339.Write(value.ToUnixTimeMilliseconds(), utf8)]);
    }
}
