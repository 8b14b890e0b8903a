using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Records;
using NetworkGraph.Importers.Rows;

namespace NetworkGraph.Importers.Imports;

/// <summary>An interaction as a format gives it, before ids are canonical and rules are checked.</summary>
public sealed record InteractionSeed
{
    /// <summary>The interaction's id; null for one derived from the content.</summary>
    public string? Id { get; init; }

    /// <summary>Unix ms.</summary>
    public required long AtMs { get; init; }

    public required string From { get; init; }

    public IEnumerable<string> To { get; init; } = [];

    public required InteractionKind Kind { get; init; }

    public Exchange Exchange { get; init; }

    /// <summary>The exchange was read by machine from a text that is not kept.</summary>
    public bool IsExchangeRead { get; init; }

    public string? Channel { get; init; }

    public string? Venue { get; init; }

    /// <summary>The recurring event it is an occurrence of.</summary>
    public string? Series { get; init; }

    public string? InReplyTo { get; init; }

    public bool? Personalised { get; init; }

    public double? LengthSeconds { get; init; }
}

/// <summary>
/// Makes items of what a format reads: canonical ids, no sender among the recipients, no one twice, every rule checked.
/// What is empty after that is left out and counted; what breaks a rule is a rejected line.
/// </summary>
public sealed class ItemBuilder(ImportContext context, string format)
{
    /// <summary>The precision that the rules for reading texts are held to.</summary>
    private const double ReadingConfidence = 0.9;

    private const int MaxTextChars = ProfileRules.MaxTextChars;

    private readonly ImportIds _ids = new();

    public ImportItem? Interaction(InteractionSeed seed, string file, long line)
    {
        ArgumentNullException.ThrowIfNull(seed);
        if (!PersonId.TryCanonical(seed.From, out var from, out var reason)) return ImportItem.Reject(file, line, seed.Id, "from", reason);
        var to = new List<string>();
        foreach (var recipient in seed.To)
        {
            if (!PersonId.TryCanonical(recipient, out var id, out reason)) return ImportItem.Reject(file, line, seed.Id, "to", reason);
            if (id != from && !to.Contains(id, StringComparer.Ordinal)) to.Add(id);
        }
        if (to.Count == 0 && seed.Kind is not InteractionKind.Attendance)
        {
            context.Report.LeaveOut(LeftOutReasons.NoOneElse, file, line);
            return null;
        }
        if (to.Count > InteractionRules.MaxRecipients)
        {
            context.Report.LeaveOut(LeftOutReasons.MassMail, file, line, $"{to.Count} recipients");
            return null;
        }
        var interaction = new Interaction
        {
            Id = seed.Id ?? _ids.Derived(format, seed.AtMs, from, to),
            AtMs = seed.AtMs,
            From = from,
            To = seed.Kind is InteractionKind.Attendance ? [] : [.. to],
            Kind = seed.Kind,
            Exchange = seed.Exchange,
            ExchangeBy = seed.IsExchangeRead && seed.Exchange is not Exchange.None ? ExchangeBy.Reader : ExchangeBy.Sender,
            ExchangeConfidence = seed.IsExchangeRead && seed.Exchange is not Exchange.None ? ReadingConfidence : null,
            Batch = context.Options.Batch,
            Key = context.Options.Key,
            Channel = seed.Channel,
            Venue = Text(seed.Venue, InteractionRules.MaxVenueChars),
            Series = Text(seed.Series, InteractionRules.MaxVenueChars),
            InReplyTo = seed.InReplyTo == seed.Id ? null : seed.InReplyTo,
            Personalised = seed.Personalised,
            LengthSeconds = seed.LengthSeconds,
        };
        return InteractionRules.FirstBroken(interaction, context.NowMs) is { } broken
            ? ImportItem.Reject(file, line, interaction.Id, broken.Field, broken.Reason)
            : ImportItem.Of(interaction, file, line);
    }

    /// <summary>A profile with what is known; null where that is nothing but the id.</summary>
    public ImportItem? Profile(
        string id, string file, long line, string? name = null, string? organisation = null, string? role = null,
        IEnumerable<string>? tags = null)
    {
        if (!PersonId.TryCanonical(id, out var canonical, out var reason)) return ImportItem.Reject(file, line, id, "id", reason);
        var profile = new Profile
        {
            Id = canonical,
            IsImported = true,
            Name = Text(name, MaxTextChars),
            Organisation = Text(organisation, MaxTextChars),
            Role = Text(role, MaxTextChars),
            Tags = [.. (tags ?? []).Select(tag => Text(tag, ProfileRules.MaxEntryChars)).OfType<string>().Distinct(
                StringComparer.Ordinal).Take(ProfileRules.MaxEntries)],
        };
        if (profile is { Name: null, Organisation: null, Role: null, Tags: [] }) return null;
        return ProfileRules.FirstBroken(profile) is { } broken
            ? ImportItem.Reject(file, line, canonical, broken.Field, broken.Reason)
            : ImportItem.Of(new ProfileChanged { AtMs = context.NowMs, Profile = profile }, file, line);
    }

    /// <summary>A hint that two ids are one person's; null where they are the same id, or one is refused.</summary>
    public static ImportItem? SamePerson(string id, string other, string evidence, string file, long line) =>
        PersonId.TryCanonical(id, out var a, out _) && PersonId.TryCanonical(other, out var b, out _) && a != b
            ? ImportItem.Of(new SamePerson(a, b, evidence), file, line)
            : null;

    /// <summary>A text as profiles and venues take it: one line, without control characters, cut to size; null for none.</summary>
    public static string? Text(string? text, int maxChars)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var clean = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        clean = string.Concat(
            clean.EnumerateRunes().Where(rune => !System.Text.Rune.IsControl(rune) && rune.Value != 0xFFFD).Select(rune => rune.ToString()))
            .Trim();
        if (clean.Length > maxChars) clean = clean[..(char.IsHighSurrogate(clean[maxChars - 1]) ? maxChars - 1 : maxChars)].TrimEnd();
        return clean.Length == 0 ? null : clean;
    }
}

/// <summary>Reasons for leaving something out that several formats share; they are shown with their counts.</summary>
public static class LeftOutReasons
{
    public const string NoOneElse = "no one else takes part";
    public const string MassMail = "mass mail";
    public const string List = "list or bulk mail";
    public const string Automatic = "automatic message";
    public const string Draft = "draft";
    public const string Spam = "spam or trash";
    public const string Chat = "chat";
    public const string Duplicate = "duplicate";
    public const string Deleted = "deleted";
    public const string Robot = "robot";
    public const string System = "system message";
    public const string Cancelled = "cancelled";
    public const string Declined = "declined";
    public const string Future = "in the future";
    public const string ClosedAccount = "closed account";
    public const string Sponsored = "sponsored";
    public const string Hidden = "hidden";
    public const string NoPerson = "names no person";
    public const string Task = "task";
    public const string NotRecognised = "file not recognised";
    public const string Forwarded = "forwarded or channel post";
    public const string Group = "group or organisation";
    public const string BrokenLine = "line that cannot be read";
    public const string NoAddress = "has no address, number or link";
}
