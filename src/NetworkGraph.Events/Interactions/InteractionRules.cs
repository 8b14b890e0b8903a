using System.Globalization;

namespace NetworkGraph.Events.Interactions;

/// <summary>Why one interaction was not taken: the field at fault (JSON name) and a reason a person can act on.</summary>
public readonly record struct Rejection(string Field, string Reason);

/// <summary>
/// What makes an interaction valid (the schema's rules beyond types). Every way in, whatever its format, ends here,
/// so that a rule is written once. Pure: the caller says what time it is.
/// </summary>
public static class InteractionRules
{
    public const int MaxIdChars = 128;
    public const int MaxRecipients = 1000;
    public const int MaxChannelChars = 32;
    public const int MaxVenueChars = 128;
    public const int MaxSeriesChars = 128;
    public const int MaxBatchChars = 128;

    /// <summary>
    /// The least number taken for Unix milliseconds (3 March 1973) where nothing states the unit: a smaller one is a number
    /// of seconds by mistake. Earlier times are written in RFC 3339, or with the unit stated.
    /// </summary>
    public const long MinPlausibleMs = 100_000_000_000;

    /// <summary>How far ahead of the server's clock an interaction may lie.</summary>
    public static readonly TimeSpan MaxAhead = TimeSpan.FromHours(24);

    /// <summary>The earliest time taken: 0001-01-01 is what a broken clock or an empty cell becomes.</summary>
    public static readonly long EarliestMs = new DateTimeOffset(1900, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    /// <summary>The first broken rule, or null where the interaction is valid. <paramref name="nowMs"/> is Unix ms.</summary>
    public static Rejection? FirstBroken(Interaction interaction, long nowMs)
    {
        if (BrokenId(interaction.Id, "id") is { } id) return id;
        if (interaction.AtMs < EarliestMs)
            return new Rejection("at", "lies before 1900-01-01");
        if (interaction.AtMs > nowMs + (long)MaxAhead.TotalMilliseconds)
            return new Rejection("at", "lies more than 24 hours in the future");
        if (PersonId.Refusal(interaction.From, "from") is { } from) return from;
        if (BrokenRecipients(interaction) is { } to) return to;
        if (interaction.Channel is { } channel && BrokenText(channel, "channel", MaxChannelChars) is { } brokenChannel)
            return brokenChannel;
        if (interaction.Venue is { } venue && BrokenText(venue, "venue", MaxVenueChars) is { } brokenVenue) return brokenVenue;
        if (interaction.Kind is InteractionKind.Attendance && interaction.Venue is null)
            return new Rejection("venue", "is required for an attendance");
        if (interaction.InReplyTo is { } inReplyTo && BrokenId(inReplyTo, "inReplyTo") is { } brokenReply) return brokenReply;
        if (interaction.InReplyTo == interaction.Id)
            return new Rejection("inReplyTo", "names the interaction itself");
        if (BrokenAbout(interaction) is { } about) return about;
        if (interaction.LengthSeconds is { } length && !(length >= 0 && length <= 366 * 86_400.0))
            return new Rejection("lengthSeconds", "must be between 0 and 31622400 (366 days)");
        if (interaction.ExchangeConfidence is { } confidence)
        {
            if (!(confidence is >= 0 and <= 1)) return new Rejection("exchangeConfidence", "must be between 0 and 1");
            if (interaction.ExchangeBy is ExchangeBy.Sender) return new Rejection("exchangeConfidence", "is for exchangeBy 'reader' only");
        }
        if (interaction.Series is { } series && BrokenText(series, "series", MaxSeriesChars) is { } brokenSeries) return brokenSeries;
        return interaction.Batch is { } batch ? BrokenText(batch, "batch", MaxBatchChars) : null;
    }

    /// <summary>Why a number below <see cref="MinPlausibleMs"/> is refused.</summary>
    public static string SecondsByMistake(long number) => string.Create(CultureInfo.InvariantCulture,
        $"is {number}, which looks like seconds: a number counts milliseconds here. Multiply it by 1000, state timeUnit=s, or write an "
            + $"RFC 3339 time");

    /// <summary>
    /// Ids of interactions are 1-128 characters of valid Unicode without control characters; those of people: <see cref="PersonId"/>.
    /// </summary>
    public static Rejection? BrokenId(string id, string field) =>
        id.Length == 0 ? new Rejection(field, "must not be empty") : BrokenText(id, field, MaxIdChars);

    internal static Rejection TooManyRecipients(int count) => new("to", $"has {count} recipients, at most {MaxRecipients} are allowed");

    /// <summary>Texts are never empty (absent is null), of valid Unicode, without control characters, and not too long.</summary>
    public static Rejection? BrokenText(string text, string field, int maxChars)
    {
        if (text.Length == 0) return new Rejection(field, "must not be empty; leave it out instead");
        if (text.Length > maxChars) return new Rejection(field, $"has {text.Length} characters, at most {maxChars} are allowed");
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsControl(text[i])) return new Rejection(field, $"has a control character (U+{(int)text[i]:X4}) at character {i + 1}");
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                return new Rejection(field, $"has half a surrogate pair at character {i + 1}");
            i++;
        }
        return null;
    }

    private static Rejection? BrokenRecipients(Interaction interaction)
    {
        var to = interaction.To;
        if (interaction.Kind is InteractionKind.Attendance)
            return to.Length == 0 ? null : new Rejection("to", "must be empty for an attendance; the venue says where");
        if (to.Length == 0) return new Rejection("to", $"is required for kind '{WireNames.Of(interaction.Kind)}'");
        if (to.Length > MaxRecipients) return TooManyRecipients(to.Length);
        if (interaction.Kind is InteractionKind.Introduction && to.Length != 2)
            return new Rejection("to", $"must name exactly two people for an introduction, not {to.Length}");
        foreach (var recipient in to)
        {
            if (PersonId.Refusal(recipient, "to") is { } broken) return broken;
            if (recipient == interaction.From) return new Rejection("to", "names the sender; a person is not their own recipient");
        }
        return HasRepeats(to) ? new Rejection("to", "names the same person twice") : null;
    }

    private static bool HasRepeats(string[] to)
    {
        if (to.Length > 16) return new HashSet<string>(to, StringComparer.Ordinal).Count != to.Length;
        for (var i = 1; i < to.Length; i++)
            for (var j = 0; j < i; j++)
                if (to[i] == to[j]) return true;
        return false;
    }

    private static Rejection? BrokenAbout(Interaction interaction)
    {
        if (interaction.About is not { } about)
            return interaction.Kind is InteractionKind.Referral
                ? new Rejection("about", "is required for a referral: the person referred to") : null;
        if (PersonId.Refusal(about, "about") is { } broken) return broken;
        return interaction.Kind is InteractionKind.Referral && interaction.To.Contains(about, StringComparer.Ordinal)
            ? new Rejection("about", "is among the recipients; a person is not referred to themselves")
            : null;
    }
}
