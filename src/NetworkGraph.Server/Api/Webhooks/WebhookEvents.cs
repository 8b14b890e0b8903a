using System.Globalization;
using System.Text.Json;
using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Records;
using NetworkGraph.People.Boundaries;

namespace NetworkGraph.Server.Api.Webhooks;

/// <summary>
/// What webhooks are sent: the records of the log that the key which made the subscription may read. Never blocks, reports, preferences,
/// what
/// people did about their nudges, or who asked about whom.
/// </summary>
internal static class WebhookEvents
{
    /// <summary>Wire names of the events there are.</summary>
    public static IReadOnlyList<string> Names { get; } = ["interaction", "retraction", "profile", "alias", "ask"];

    /// <summary>The name of a record's event for a viewer; null where it is none of theirs.</summary>
    public static string? NameOf(LogRecord record, Viewer viewer)
    {
        var readsAll = viewer.MayDoAll || (viewer.Scopes & (Scopes.Analyst | Scopes.Admin)) != 0;
        return record switch
        {
            Interaction when readsAll => "interaction",
            InteractionWithdrawn when readsAll => "retraction",
            ProfileChanged when readsAll => "profile",
            AliasChanged when readsAll => "alias",
            // Asks are for those they came to, and administrators.
            AskChanged when viewer.MaySeeAllInteractions => "ask",
            _ => null,
        };
    }

    /// <summary>Names an event: the same each time it is sent, so that a receiver can tell a repetition.</summary>
    public static string IdOf(string subscription, long position) => string.Create(CultureInfo.InvariantCulture,
        $"evt_{subscription}_{position}");

    /// <summary><c>{"id", "type", "position", "data"}</c> in UTF-8.</summary>
    public static byte[] Body(string subscription, long position, string type, LogRecord record)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("id", IdOf(subscription, position));
            writer.WriteString("type", type);
            writer.WriteNumber("position", position);
            writer.WritePropertyName("data");
            Write(writer, record);
            writer.WriteEndObject();
        }
        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, LogRecord record)
    {
        switch (record)
        {
            case Interaction interaction:
                InteractionJson.Write(writer, interaction);
                return;
            case ProfileChanged changed:
                ProfileJson.Write(writer, changed.Profile);
                return;
        }
        writer.WriteStartObject();
        switch (record)
        {
            case InteractionWithdrawn withdrawn:
                writer.WriteString("id", withdrawn.Id);
                writer.WriteString("at", Rfc3339.Format(withdrawn.AtMs));
                break;
            case AliasChanged alias:
                writer.WriteString("change", alias.Change.ToString().ToLowerInvariant());
                writer.WriteString("one", alias.One);
                writer.WriteString("other", alias.Other);
                break;
            case AskChanged ask:
                writer.WriteString("id", ask.Id);
                writer.WriteString("from", ask.From);
                writer.WriteString("target", ask.Target);
                writer.WriteString("state", ask.State.ToString().ToLowerInvariant());
                break;
        }
        writer.WriteEndObject();
    }
}
