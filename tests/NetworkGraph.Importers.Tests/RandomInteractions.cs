using System.Text;
using FsCheck;
using FsCheck.Fluent;
using NetworkGraph.Events.Interactions;

namespace NetworkGraph.Importers.Tests;

/// <summary>Random valid interactions, with the characters that quoting and escaping are about.</summary>
internal static class RandomInteractions
{
    public static readonly long NowMs = new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    private static readonly Gen<string> s_piece = Gen.Frequency(
        (6, Gen.Elements("a", "b", "@", ".", "7", "Z", "-")),
        (3, Gen.Elements(",", ";", "\"", "\\", "'", " ", "/", "<", "{", "[", ":", "#")),
        (1, Gen.Elements("é", "ß", "中", "😀", "\u2028", "\uFEFF", "\u00A0", "e\u0301", "\uFFFD")));

    public static Arbitrary<Interaction> All { get; } = Arb.From(Gen.Sized(_ => One()));

    public static Arbitrary<Interaction[]> Several { get; } = Arb.From(
        Gen.ArrayOf(One()), many => Enumerable.Range(0, many.Length).Select(i => many.Where((_, j) => j != i).ToArray()));

    /// <summary>All that an interaction says, to compare by.</summary>
    public static string Text(Interaction i) =>
        string.Join('|', i.Id, i.AtMs, i.From, string.Join('>', i.To), i.Kind, i.Exchange, i.Setting,
        i.Channel ?? "-", i.Venue ?? "-", i.InReplyTo ?? "-", i.About ?? "-", i.Personalised?.ToString()
            ?? "-", i.LengthSeconds?.ToString("R") ?? "-");

    private static Gen<string> TextOf(int maxPieces) =>
        from count in Gen.Choose(1, maxPieces)
        from pieces in Gen.ArrayOf(s_piece, count)
        select string.Concat(pieces);

    /// <summary>A person's id out of any text: in its canonical form, so that it is read back as it was written.</summary>
    private static string Id(string text) =>
        PersonId.TryCanonical(text, out var id, out _) || PersonId.TryCanonical(text.Replace(' ', '_'), out id, out _) ? id : "p";

    private static Gen<string?> Optional(Gen<string> text) =>
        Gen.Frequency((1, Gen.Constant((string?)null)), (1, text.Select(t => (string?)t)));

    private static Gen<Interaction> One() =>
        from id in TextOf(30)
        from atMs in Gen.Frequency(
            (1, Gen.Choose(int.MinValue, int.MaxValue).Select(n => n * 1000L)),
            (1, Gen.Choose(-2_000_000_000, 2_000_000_000).Select(n => (long)n)))
        from people in Gen.ArrayOf(TextOf(12), 12)
        from recipients in Gen.Choose(1, 8)
        from kind in Gen.Choose(0, InteractionKinds.Count - 1)
        from exchange in Gen.Choose(0, WireNames.Exchanges.Count - 1)
        from setting in Gen.Choose(0, WireNames.Settings.Count - 1)
        from channel in Optional(TextOf(15))
        from venue in Optional(TextOf(30))
        from inReplyTo in Optional(TextOf(30))
        from isAbout in Gen.Elements(true, false)
        from personalised in Gen.Elements<bool?>(null, true, false)
        from length in Gen.Frequency(
            (1, Gen.Constant((double?)null)), (1, Gen.Choose(0, 31_000_000).Select(n => (double?)(n / 1000.0 + n / 7e9))))
        from confidence in Gen.Frequency((2, Gen.Constant((double?)null)), (1, Gen.Choose(0, 1000).Select(n => (double?)(n / 1000.0))))
        from series in Optional(TextOf(30))
        from batch in Optional(TextOf(30))
        select Valid(id, atMs, [.. people.Select(Id).Distinct()], recipients, (InteractionKind)kind, (Exchange)exchange, (Setting)setting,
            channel, venue, inReplyTo, isAbout, personalised, length,
            confidence, series, batch);

    private static Interaction Valid(
        string id, long atMs, string[] people, int recipients, InteractionKind kind, Exchange exchange, Setting setting,
        string? channel, string? venue, string? inReplyTo, bool isAbout, bool? personalised, double? length,
        double? confidence, string? series, string? batch)
    {
        // Too few different names for the kind drawn: then it is of a kind that needs fewer.
        if (people.Length < 4) kind = InteractionKind.Attendance;
        var to = kind switch
        {
            InteractionKind.Attendance => [],
            InteractionKind.Introduction => people[1..3],
            _ => people[1..Math.Min(1 + recipients, people.Length - 1)],
        };
        var interaction = new Interaction
        {
            Id = id,
            AtMs = Math.Max(atMs, InteractionRules.EarliestMs) % NowMs,
            From = people[0],
            To = to,
            Kind = kind,
            Exchange = exchange,
            Setting = setting,
            Channel = channel,
            Venue = kind is InteractionKind.Attendance ? venue ?? "somewhere" : venue,
            InReplyTo = inReplyTo == id ? null : inReplyTo,
            About = kind is InteractionKind.Referral || isAbout ? people[^1] : null,
            Personalised = personalised,
            LengthSeconds = length,
            ExchangeBy = confidence is null ? ExchangeBy.Sender : ExchangeBy.Reader,
            ExchangeConfidence = confidence,
            Series = series,
            Batch = batch,
        };
        InteractionRules.FirstBroken(interaction, NowMs).ShouldBeNull(Text(interaction));
        return interaction;
    }
}
