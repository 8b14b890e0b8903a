using System.Runtime.InteropServices;
using System.Text;

namespace NetworkGraph.Events.Interactions;

/// <summary>
/// An interaction being read, field by field, whatever the format. One draft is used again for all lines of a body or
/// file; it keeps the texts that repeat. Not for several threads.
/// </summary>
/// <param name="derivedIds">Gives an id to those without; null where an id is required.</param>
public sealed class InteractionDraft(DerivedIds? derivedIds = null)
{
    private readonly List<string> _to = [];
    private Rejection? _rejection;
    private bool _isMalformed;
    private int _recipients;
    private bool _atIsNumber;

    public TextCache Texts { get; } = new();

    /// <summary>What times that are numbers count. Kept from line to line.</summary>
    public TimeUnit TimeUnit { get; init; }

    /// <summary>
    /// Whether a sender among the recipients, and a recipient named twice, are dropped instead of having the interaction
    /// rejected: in mail and calendars both are normal.
    /// </summary>
    public bool DropsRepeats { get; set; }

    /// <summary>The id of those that come without one; null where that is derived or required.</summary>
    public string? DefaultId { get; init; }

    /// <summary>The import of those that name none; null for what is sent directly.</summary>
    public string? DefaultBatch { get; init; }

    /// <summary>The API key that sends, by its public id.</summary>
    public string? Key { get; init; }

    /// <summary>The one person, canonical, in whose name interactions may be sent; null for anybody.</summary>
    public string? OnlyFrom { get; init; }

    /// <summary>Whether what is read takes the place of what the log has under its id.</summary>
    public bool IsAmendment { get; init; }

    public string? Id { get; set; }

    /// <summary>Unix ms.</summary>
    public long? AtMs { get; set; }

    public string? From { get; set; }

    /// <summary>The recipients so far, at most <see cref="InteractionRules.MaxRecipients"/>.</summary>
    public IReadOnlyList<string> To => _to;

    public InteractionKind? Kind { get; set; }

    public Exchange? Exchange { get; set; }

    public Setting? Setting { get; set; }

    public string? Channel { get; set; }

    public string? Venue { get; set; }

    public string? InReplyTo { get; set; }

    public string? About { get; set; }

    public bool? Personalised { get; set; }

    public double? LengthSeconds { get; set; }

    public ExchangeBy? ExchangeBy { get; set; }

    public double? ExchangeConfidence { get; set; }

    public string? Series { get; set; }

    public string? Batch { get; set; }

    public void Clear()
    {
        _to.Clear();
        _rejection = null;
        _isMalformed = false;
        _recipients = 0;
        _atIsNumber = false;
        Id = From = Channel = Venue = InReplyTo = About = Series = Batch = null;
        AtMs = null;
        Kind = null;
        Exchange = null;
        Setting = null;
        Personalised = null;
        LengthSeconds = null;
        ExchangeBy = null;
        ExchangeConfidence = null;
    }

    /// <summary>Sets when it happened from a number that counts what <see cref="TimeUnit"/> says.</summary>
    public void SetAt(long number)
    {
        _atIsNumber = true;
        if (TimeUnit is TimeUnit.Seconds) SetAtSeconds(number);
        else if (TimeUnit is TimeUnit.Assumed && number < InteractionRules.MinPlausibleMs)
            Reject("at", InteractionRules.SecondsByMistake(number));
        else AtMs = number;
    }

    /// <summary>Sets when it happened from Unix seconds, fractions among them.</summary>
    public void SetAtSeconds(double seconds)
    {
        _atIsNumber = true;
        if (Math.Abs(seconds) <= 1e15) AtMs = (long)Math.Floor(seconds * 1000);
        else Reject("at", "lies outside the years 1 to 9999");
    }

    /// <summary>Sets when it happened from an RFC 3339 time.</summary>
    public void SetAt(ReadOnlySpan<byte> rfc3339)
    {
        if (Rfc3339.TryParse(rfc3339, out var unixMs, out var reason)) AtMs = unixMs;
        else if (!rfc3339.IsEmpty && rfc3339.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0)
            Reject("at", "must be a number, not a string of digits, where it is in Unix milliseconds");
        else Reject("at", reason);
    }

    /// <summary>Sets the kind, the exchange or the setting from its name.</summary>
    public void SetWord(InteractionField field, ReadOnlySpan<byte> name)
    {
        switch (field)
        {
            case InteractionField.Kind when WireNames.TryParse(name, out InteractionKind kind):
                Kind = kind;
                break;
            case InteractionField.Exchange when WireNames.TryParse(name, out Exchange exchange):
                Exchange = exchange;
                break;
            case InteractionField.Setting when WireNames.TryParse(name, out Setting setting):
                Setting = setting;
                break;
            case InteractionField.ExchangeBy when WireNames.TryParse(name, out ExchangeBy by):
                ExchangeBy = by;
                break;
            default:
                var known = field switch
                {
                    InteractionField.Kind => WireNames.Kinds,
                    InteractionField.Exchange => WireNames.Exchanges,
                    InteractionField.ExchangeBy => WireNames.ExchangeBys,
                    _ => WireNames.Settings,
                };
                Reject(field.Name(), $"'{JsonText.Shorten(Encoding.UTF8.GetString(name))}' is none of {string.Join(", ", known)}");
                break;
        }
    }

    public void AddRecipient(string person)
    {
        // All are counted, for the message; no more are kept than can be taken.
        if (++_recipients <= InteractionRules.MaxRecipients) _to.Add(person);
    }

    /// <summary>Notes what is wrong; the first thing noted stands.</summary>
    public void Reject(string field, string reason) => _rejection ??= new Rejection(field, reason);

    /// <summary>Notes that the text is not one JSON object; stands above all else.</summary>
    public void RejectMalformed(string field, string reason)
    {
        if (!_isMalformed) _rejection = new Rejection(field, reason);
        _isMalformed = true;
    }

    /// <summary>The interaction, checked against all rules. <paramref name="nowMs"/> is Unix ms.</summary>
    public ParsedInteraction Complete(long nowMs)
    {
        if ((_rejection ?? FirstMissing()) is { } rejection) return Rejected(rejection);
        MakePeopleCanonical();
        if (OnlyFrom is not null && From != OnlyFrom) return Rejected(new Rejection("from", "is not the person of the key that sends it"));
        if (DropsRepeats && DropRepeats() == 0 && _recipients > 0)
            return Rejected(new Rejection("to", "names the sender alone; a person is not their own recipient"));
        var interaction = new Interaction
        {
            Id = Id ?? DefaultId ?? derivedIds!.Next(this),
            AtMs = AtMs!.Value,
            From = From!,
            To = CollectionsMarshal.AsSpan(_to).ToArray(),
            Kind = Kind!.Value,
            Exchange = Exchange ?? Interactions.Exchange.None,
            Setting = Setting ?? Interactions.Setting.Professional,
            Channel = Channel,
            Venue = Venue,
            InReplyTo = InReplyTo,
            About = About,
            Personalised = Personalised,
            LengthSeconds = LengthSeconds,
            ExchangeBy = ExchangeBy ?? Interactions.ExchangeBy.Sender,
            ExchangeConfidence = ExchangeConfidence,
            Series = Series,
            Batch = Batch ?? DefaultBatch,
            Key = Key,
            IsAmendment = IsAmendment,
        };
        return InteractionRules.FirstBroken(interaction, nowMs) is { } broken
            ? Rejected(_atIsNumber && broken.Field is "at"
                ? broken with { Reason = $"{broken.Reason}; as a number it counts {UnitName}" } : broken)
            : new ParsedInteraction(interaction, null, interaction.Id, IsMalformed: false);
    }

    private string UnitName => TimeUnit is TimeUnit.Seconds ? "seconds" : "milliseconds";

    /// <summary>What is refused as an id stays as it is, for the rules to say why.</summary>
    private void MakePeopleCanonical()
    {
        From = PersonId.CanonicalOrSame(From!);
        foreach (ref var recipient in CollectionsMarshal.AsSpan(_to)) recipient = PersonId.CanonicalOrSame(recipient);
        if (About is not null) About = PersonId.CanonicalOrSame(About);
    }

    /// <summary>Returns how many recipients are left.</summary>
    private int DropRepeats()
    {
        var seen = _to.Count > 16 ? new HashSet<string>(_to.Count, StringComparer.Ordinal) : null;
        var kept = 0;
        for (var i = 0; i < _to.Count; i++)
        {
            var person = _to[i];
            if (person == From || (seen is null ? _to.IndexOf(person, 0, kept) >= 0 : !seen.Add(person))) continue;
            _to[kept++] = person;
        }
        _to.RemoveRange(kept, _to.Count - kept);
        return kept;
    }

    private Rejection? FirstMissing()
    {
        if (Id is null && DefaultId is null && derivedIds is null) return new Rejection("id", "is required");
        if (AtMs is null) return new Rejection("at", "is required");
        if (From is null) return new Rejection("from", "is required");
        if (Kind is null) return new Rejection("kind", "is required");
        return _recipients > InteractionRules.MaxRecipients ? InteractionRules.TooManyRecipients(_recipients) : null;
    }

    private ParsedInteraction Rejected(Rejection rejection)
    {
        var id = Id is { Length: > InteractionRules.MaxIdChars } ? string.Concat(Id.AsSpan(0, InteractionRules.MaxIdChars), "…") : Id;
        return new ParsedInteraction(null, rejection, id, _isMalformed);
    }
}
