using System.Globalization;
using System.Text.Json;
using NetworkGraph.Analytics.Nudges;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Records;

namespace NetworkGraph.Server.Api.People;

/// <summary>What was done about a nudge, to be put.</summary>
/// <param name="State">open, done, snoozed or dismissed.</param>
/// <param name="Until">With snoozed: until when.</param>
/// <param name="Scope">nudge (default), person or rule: how far dismissing reaches.</param>
/// <param name="Interaction">With done: what was done, as an interaction from the person to whom the nudge is about.</param>
public sealed record NudgeChangeRequest(string State, DateTimeOffset? Until, string? Scope, NudgeInteractionRequest? Interaction);

/// <summary>What was done, as an interaction. What is left out is what the nudge suggests: a message, now.</summary>
public sealed record NudgeInteractionRequest(string? Id, DateTimeOffset? At, string? Kind, string? Channel);

/// <summary>What was done about a nudge.</summary>
internal readonly record struct NudgeChange(NudgeState State, NudgeScope Scope, long? UntilMs, WroteThem? Wrote);

/// <summary>"I wrote to them".</summary>
internal sealed record WroteThem(string? Id, long AtMs, InteractionKind Kind, string? Channel)
{
    public Interaction Of(string person, Nudge nudge, IReadOnlyList<string> evidence, string? key) => new()
    {
        Id = Id ?? string.Create(CultureInfo.InvariantCulture, $"nudge:{nudge.Id}:{AtMs}"),
        AtMs = AtMs,
        From = person,
        To = [nudge.Person],
        Kind = nudge.Rule == NudgeRules.ReplyOwed && Kind is InteractionKind.Message ? InteractionKind.Reply : Kind,
        InReplyTo = nudge.Rule == NudgeRules.ReplyOwed && evidence.Count > 0 ? evidence[^1] : null,
        Channel = Channel,
        Exchange = nudge.Rule == NudgeRules.ThankForHelp ? Exchange.Thanks : Exchange.None,
        Key = key,
    };
}

/// <summary>Reads what was done about a nudge from JSON: strict types, unknown fields are rejected, null means absent.</summary>
internal static class NudgeChangeJson
{
    public static (NudgeChange Change, Rejection? Rejection) Parse(ReadOnlyMemory<byte> json, long nowMs)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind is not JsonValueKind.Object)
                return Rejected(InteractionFields.Line, "must be a JSON object");
            NudgeState? state = null;
            var (scope, untilMs, wrote) = (NudgeScope.Nudge, (long?)null, (WroteThem?)null);
            foreach (var property in document.RootElement.EnumerateObject())
            {
                if (property.Value.ValueKind is JsonValueKind.Null) continue;
                switch (property.Name)
                {
                    case "state":
                        if (Text(property.Value) is not { } word || !NudgeIds.TryParse(word, out NudgeState known))
                            return Rejected("state", $"is none of {string.Join(", ", NudgeIds.States)}");
                        state = known;
                        break;
                    case "scope":
                        if (Text(property.Value) is not { } reach || !NudgeIds.TryParse(reach, out scope))
                            return Rejected("scope", $"is none of {string.Join(", ", NudgeIds.Scopes)}");
                        break;
                    case "until":
                        if (Text(property.Value) is not { } time || !Rfc3339.TryParse(time, out var ms))
                            return Rejected("until", "must be an RFC 3339 time with an offset");
                        untilMs = ms;
                        break;
                    case "interaction":
                        if (ReadWrote(property.Value, nowMs, out wrote) is { } rejection) return (default, rejection);
                        break;
                    default:
                        return Rejected(property.Name, "is not a field of this; there are state, scope, until, interaction");
                }
            }
            if (state is not { } stated) return Rejected("state", "is required");
            if ((stated is NudgeState.Snoozed) != untilMs is not null) return Rejected("until", "is for the state snoozed, which needs it");
            if (untilMs <= nowMs) return Rejected("until", "must lie in the future");
            if (wrote is not null && stated is not NudgeState.Done) return Rejected("interaction", "is for the state done");
            if (scope is not NudgeScope.Nudge && stated is NudgeState.Done or NudgeState.Snoozed)
                return Rejected("scope", "is for the states dismissed and open");
            return (new NudgeChange(stated, scope, untilMs, wrote), null);
        }
        catch (JsonException malformed)
        {
            return Rejected(InteractionFields.Line, $"is not valid JSON: {malformed.Message}");
        }
    }

    private static Rejection? ReadWrote(JsonElement json, long nowMs, out WroteThem? wrote)
    {
        wrote = null;
        if (json.ValueKind is not JsonValueKind.Object) return new Rejection("interaction", "must be an object");
        var read = new WroteThem(null, nowMs, InteractionKind.Message, null);
        foreach (var property in json.EnumerateObject())
        {
            if (property.Value.ValueKind is JsonValueKind.Null) continue;
            if (Text(property.Value) is not { } text) return new Rejection("interaction", $"{property.Name} must be a string");
            switch (property.Name)
            {
                case "id":
                    read = read with { Id = text };
                    break;
                case "at":
                    if (!Rfc3339.TryParse(text, out var atMs))
                        return new Rejection("interaction", "at must be an RFC 3339 time with an offset");
                    read = read with { AtMs = atMs };
                    break;
                case "kind":
                    if (!WireNames.TryParse(text, out InteractionKind kind))
                        return new Rejection("interaction", $"kind is none of {string.Join(", ", WireNames.Kinds)}");
                    read = read with { Kind = kind };
                    break;
                case "channel":
                    read = read with { Channel = text };
                    break;
                default:
                    return new Rejection("interaction", $"{property.Name} is not a field of it; there are id, at, kind, channel");
            }
        }
        wrote = read;
        return null;
    }

    private static string? Text(JsonElement value) => value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private static (NudgeChange, Rejection?) Rejected(string field, string reason) => (default, new Rejection(field, reason));
}
