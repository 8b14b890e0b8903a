using System.Globalization;
using System.Text;
using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Records;

namespace NetworkGraph.Conformance.Log;

/// <summary>Records to fill a log with, and their content as text to compare them by.</summary>
public static class SampleRecords
{
    public const long StartMs = 1_700_000_000_000;

    public static string IdOf(int number) => $"i-{number:D7}";

    /// <summary>A different valid interaction for each number.</summary>
    public static Interaction Numbered(int number, string? id = null, string? venue = null) => new()
    {
        Id = id ?? IdOf(number),
        AtMs = StartMs + number * 977L,
        From = $"person{number % 97}@example.org",
        To = [$"person{100 + number % 89}@example.org"],
        Kind = (InteractionKind)(number % 5),
        Exchange = (Exchange)(number % 10),
        Channel = number % 2 == 0 ? "email" : null,
        Venue = venue,
        Personalised = (number % 3) switch { 0 => null, 1 => true, _ => false },
    };

    public static LogRecord[] Many(int first, int count) => [.. Enumerable.Range(first, count).Select(number => Numbered(number))];

    /// <summary>An interaction between two people, with everything filled in.</summary>
    public static Interaction Between(string id, string from, string to, string? about = null) => new()
    {
        Id = id,
        AtMs = StartMs,
        From = from,
        To = [to],
        Kind = InteractionKind.Referral,
        Exchange = Exchange.Give,
        Setting = Setting.Social,
        Channel = "chat",
        Venue = "Hamburg fair 2026 🎪",
        InReplyTo = "r-1",
        About = about,
        Personalised = true,
        LengthSeconds = 61.5,
    };

    public static ProfileChanged ProfileOf(string id) => new()
    {
        AtMs = StartMs,
        Profile = new Profile
        {
            Id = id,
            Name = "Zoë 🙂",
            Organisation = "Müller & Söhne",
            Role = "engineer",
            Industry = "tools",
            Offers = ["welding", "advice"],
            Audience = ["plants"],
            Tags = ["a", "b"],
            OpenToIntroductions = false,
        },
    };

    public static BlockChanged BlockBetween(string by, string against, bool isPlaced = true) =>
        new() { AtMs = StartMs, By = by, Against = against, IsPlaced = isPlaced };

    public static ReportFiled ReportBetween(string id, string reporter, string about) => new()
    {
        Id = id,
        AtMs = StartMs,
        Reporter = reporter,
        About = about,
        Reason = ReportReason.Harassment,
        Evidence = ["i-0000001", "i-0000002"],
    };

    /// <summary>A model of a grid date; its numbers are the kind's and nothing else.</summary>
    public static ModelTrained ModelOf(ModelKind kind, double[]? parameters = null) => new()
    {
        Kind = kind,
        GridMs = 1_698_796_800_000,
        AtMs = StartMs,
        Position = 4_000_000_000,
        Interactions = 123_456,
        WindowDays = 90,
        Rows = 40_000,
        Parameters = parameters ?? [-0.25, double.Epsilon, 1e300, 0],
    };

    /// <summary>Everything in the record; two records are the same exactly when this is the same.</summary>
    public static string ContentOf(LogRecord record)
    {
        var text = new StringBuilder();
        switch (record)
        {
            case Interaction i:
                Add(text, "interaction", i.Id, i.AtMs, i.From);
                Add(text, [.. i.To]);
                Add(text, (byte)i.Kind, (byte)i.Exchange, (byte)i.Setting, i.Channel, i.Venue, i.InReplyTo, i.About, i.Personalised);
                Add(text, i.LengthSeconds is { } length ? BitConverter.DoubleToInt64Bits(length) : null, (byte)i.ExchangeBy, i.Series);
                Add(text, i.ExchangeConfidence is { } confidence ? BitConverter.DoubleToInt64Bits(confidence) : null, i.Batch, i.Key,
                    i.IsAmendment);
                Add(text, [.. i.GivenTo ?? ["-"]]);
                break;
            case InteractionWithdrawn w:
                Add(text, "withdrawn", w.AtMs, w.Id, w.Key, (byte)w.Reason, w.Position, w.Batch,
                    w.Interaction is null ? null : ContentOf(w.Interaction));
                break;
            case SourceChanged source:
                Add(text, "source", source.AtMs, source.Id, source.Key, source.Batch, source.IsAdded,
                    source.Interaction is null ? null : ContentOf(source.Interaction));
                Add(text, [.. source.GivenTo ?? ["-"]]);
                break;
            case PreferenceChanged preference:
                Add(text, "preference", preference.AtMs, preference.Person, preference.Other, preference.Tag,
                    preference.Preference?.CadenceDays, (byte?)preference.Preference?.Setting, preference.Preference?.Hidden);
                Add(text, [.. preference.Preference?.Tags ?? ["-"]]);
                break;
            case NudgeChanged nudge:
                Add(text, "nudge", nudge.AtMs, nudge.Person, nudge.Nudge, nudge.Other, nudge.Rule, (byte)nudge.State, (byte)nudge.Scope,
                    nudge.UntilMs);
                break;
            case ModelTrained model:
                Add(text, "model", (byte)model.Kind, model.GridMs, model.AtMs, model.Position, model.Interactions, model.WindowDays,
                    model.Rows);
                Add(text, [.. model.Parameters.Select(
                    static parameter => BitConverter.DoubleToInt64Bits(parameter).ToString(CultureInfo.InvariantCulture))]);
                break;
            case AskChanged or AccessRecorded or SubscriptionChanged or SubscriptionAdvanced or BeginningStated:
                AddOutreach(text, record);
                break;
            case BatchChanged batch:
                Add(text, "batch", batch.AtMs, batch.Batch, (byte)batch.Phase, batch.Key, batch.Format, batch.FileName, batch.FileHash,
                    batch.Counts.ToString());
                break;
            case ProfileChanged { Profile: var p } changed:
                Add(text, "profile", changed.AtMs, p.Id, p.Name, p.Organisation, p.Role, p.Industry, p.OpenToIntroductions);
                Add(text, [.. p.Offers]);
                Add(text, [.. p.Audience]);
                Add(text, [.. p.Tags]);
                break;
            case BlockChanged block:
                Add(text, "block", block.AtMs, block.By, block.Against, block.IsPlaced);
                break;
            case ReportFiled report:
                Add(text, "report", report.Id, report.AtMs, report.Reporter, report.About, (byte)report.Reason);
                Add(text, [.. report.Evidence]);
                break;
            case ReportMoved moved:
                Add(text, "moved", moved.Id, moved.AtMs, (byte)moved.State);
                break;
            case KeysRequirement keys:
                Add(text, "keys", keys.AtMs, keys.Stands);
                break;
            case PersonErased erased:
                Add(text, "erased", erased.AtMs, erased.Tombstones);
                break;
            case Tombstone:
                Add(text, "tombstone");
                break;
        }
        return text.ToString();
    }

    private static void AddOutreach(StringBuilder text, LogRecord record)
    {
        switch (record)
        {
            case AskChanged ask:
                Add(text, "ask", ask.AtMs, ask.Id, ask.From, ask.Target, (byte)ask.State, BitConverter.DoubleToInt64Bits(ask.Score));
                Add(text, [.. ask.Brokers]);
                break;
            case AccessRecorded access:
                Add(text, "access", access.AtMs, access.Person, access.Role, access.KeyName, access.Operation);
                break;
            case SubscriptionChanged subscription:
                Add(text, "subscription", subscription.AtMs, subscription.Id, subscription.Key, subscription.Url, subscription.Signer,
                    subscription.IsActive);
                Add(text, [.. subscription.Events]);
                break;
            case SubscriptionAdvanced advanced:
                Add(text, "advanced", advanced.AtMs, advanced.Id, advanced.Position, advanced.GivenUp);
                break;
            case BeginningStated beginning:
                Add(text, "beginning", beginning.AtMs, beginning.Person, beginning.Other, beginning.How, beginning.By, beginning.Venue);
                break;
        }
    }

    private static void Add(StringBuilder text, params object?[] values)
    {
        text.Append('[').Append(values.Length);
        foreach (var value in values)
        {
            var words = value is null ? null : Convert.ToString(value, CultureInfo.InvariantCulture)!;
            text.Append('|').Append(words?.Length ?? -1).Append(':').Append(words);
        }
        text.Append(']');
    }
}
