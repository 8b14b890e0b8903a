using System.Globalization;
using System.Text.Json.Serialization;
using NetworkGraph.Events.Records;
using NetworkGraph.Server.Api.People;

namespace NetworkGraph.Server.Api.Asks;

/// <summary>What an ask is made with.</summary>
/// <param name="Target">Id of the person to be introduced to.</param>
/// <param name="Brokers">Ids of the people on the path, the one to be asked first; left out: the best path there is.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record AskRequest(string Target, IReadOnlyList<string>? Brokers);

/// <summary>What becomes of an ask.</summary>
/// <param name="State">asked, accepted, introduced or declined.</param>
/// <param name="Record">Of introduced: whether the broker's introduction is recorded as an interaction, as it is unless this is
/// false.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record AskChangeRequest(string State, bool? Record);

/// <summary>A person who is asked to introduce, or to pass on.</summary>
/// <param name="Person">The id.</param>
/// <param name="Name">What they are called; null where that is not known.</param>
public sealed record AskBroker(string Person, string? Name);

/// <summary>An introduction asked for along a path.</summary>
public sealed record AskAnswer
{
    /// <summary>Names the ask.</summary>
    public required string Id { get; init; }

    /// <summary>Who wants to be introduced.</summary>
    public required string From { get; init; }

    /// <summary>What they are called; null where that is not known.</summary>
    public required string? FromName { get; init; }

    /// <summary>To whom.</summary>
    public required string Target { get; init; }

    /// <summary>What the target is called; null where that is not known.</summary>
    public required string? TargetName { get; init; }

    /// <summary>The people on the path, the one to be asked first.</summary>
    public required IReadOnlyList<AskBroker> Brokers { get; init; }

    /// <summary><c>proposed</c>, <c>asked</c>, <c>accepted</c>, <c>introduced</c> or <c>declined</c>.</summary>
    public required string State { get; init; }

    /// <summary>The path's chance when it was proposed, in [0,1]; null for everyone but who asks.</summary>
    public required double? Score { get; init; }

    /// <summary>A draft of the message to the first broker, in plain words from what is known of the path; null for everyone but who
    /// asks.</summary>
    public required string? Message { get; init; }

    /// <summary>When it was proposed.</summary>
    public required DateTimeOffset Proposed { get; init; }

    /// <summary>When it came into its state.</summary>
    public required DateTimeOffset Changed { get; init; }

    /// <summary>The ask as a person sees it.</summary>
    /// <param name="records">All of its records.</param>
    /// <param name="person">Who looks.</param>
    /// <param name="names">What people are called.</param>
    /// <param name="lastContact">When who asks was last in touch with the first broker; null for never.</param>
    internal static AskAnswer Of(IReadOnlyList<AskChanged> records, string person, PersonNames names, DateTimeOffset? lastContact)
    {
        var ask = records[^1];
        var isOwn = ask.From == person;
        return new AskAnswer
        {
            Id = ask.Id,
            From = ask.From,
            FromName = names.Of(ask.From),
            Target = ask.Target,
            TargetName = names.Of(ask.Target),
            Brokers = [.. ask.Brokers.Select(broker => new AskBroker(broker, names.Of(broker)))],
            State = NetworkGraph.People.Outreach.Asks.States[(int)ask.State],
            Score = isOwn ? Math.Round(ask.Score, 4) : null,
            Message = isOwn ? Draft(ask, names, lastContact) : null,
            Proposed = DateTimeOffset.FromUnixTimeMilliseconds(records[0].AtMs),
            Changed = DateTimeOffset.FromUnixTimeMilliseconds(ask.AtMs),
        };
    }

    /// <summary>The message says what who asks knows anyway, and nothing of how others stand with each other.</summary>
    private static string Draft(AskChanged ask, PersonNames names, DateTimeOffset? lastContact)
    {
        string Called(string id) => names.Of(id) ?? id;
        var target = Called(ask.Target);
        var since = lastContact is { } last
            ? $" We were last in touch in {last.UtcDateTime.ToString("MMMM yyyy", CultureInfo.InvariantCulture)}." : "";
        var path = ask.Brokers.Length == 1
            ? $"I would like to get to know {target}, whom I believe you know. Would you introduce us?"
            : $"I would like to get to know {target}. I believe you know {Called(ask.Brokers[1])}, who may be able to introduce us. Would "
                + $"you put me in touch with {Called(ask.Brokers[1])}?";
        return $"Hello {Called(ask.Brokers[0])},\n\n{path}{since} If it does not suit you, that is no problem at all.\n\nThank "
            + $"you,\n{Called(ask.From)}";
    }
}
