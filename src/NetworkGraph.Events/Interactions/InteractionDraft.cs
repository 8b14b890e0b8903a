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

    public TextCache Texts { get; } = new();

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

    public string? Series { get; set; }

    public string? InReplyTo { get; set; }

    public string? About { get; set; }

    public bool? Personalised { get; set; }

    public double? LengthSeconds { get; set; }

    /// <summary>Whether something is wrong with it already.</summary>
    public bool IsRejected => _rejection is not null;

    public void Clear()
    {
        _to.Clear();
        _rejection = null;
        _isMalformed = false;
        _recipients = 0;
        Id = From = Channel = Venue = Series = InReplyTo = About = null;
        AtMs = null;
        Kind = null;
        Exchange = null;
        Setting = null;
        Personalised = null;
        LengthSeconds = null;
    }

    /// <summary>Sets when it happened from an RFC 3339 time.</summary>
    public void SetAt(ReadOnlySpan<byte> rfc3339)
    {
        if (Rfc3339.TryParse(rfc3339, out var unixMs, out var reason)) AtMs = unixMs;
        else if (!rfc3339.IsEmpty && rfc3339.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0) Reject("at", "must be a number, not a string of digits, where it is in Unix milliseconds");
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
            default:
                var known = field is InteractionField.Kind ? WireNames.Kinds : field is InteractionField.Exchange ? WireNames.Exchanges : WireNames.Settings;
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
        var interaction = new Interaction
        {
            Id = Id ?? derivedIds!.Next(this),
            AtMs = AtMs!.Value,
            From = From!,
            To = CollectionsMarshal.AsSpan(_to).ToArray(),
            Kind = Kind!.Value,
            Exchange = Exchange ?? Interactions.Exchange.None,
            Setting = Setting ?? Interactions.Setting.Professional,
            Channel = Channel,
            Venue = Venue,
            Series = Series,
            InReplyTo = InReplyTo,
            About = About,
            Personalised = Personalised,
            LengthSeconds = LengthSeconds,
        };
        return InteractionRules.FirstBroken(interaction, nowMs) is { } broken
            ? Rejected(broken)
            : new ParsedInteraction(interaction, null, interaction.Id, IsMalformed: false);
    }

    private Rejection? FirstMissing()
    {
        if (Id is null && derivedIds is null) return new Rejection("id", "is required");
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
