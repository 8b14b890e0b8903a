using NetworkGraph.Events.Records;

namespace NetworkGraph.Events.Log;

/// <summary>
/// One record in bytes. The first byte holds the type in its two lowest bits; the numbers are stored: never change them.
/// <code>
/// interaction  flags, kind, id, at, from, to, [channel], [venue], [inReplyTo], [about], [extras, [exchange], [setting], [length], [series]]
/// profile      flags, at, person, [name], [organisation], [role], [industry], [offers, audience, tags]
/// tombstone    type, id hash (8 bytes), recipients
/// others, told apart by the whole first byte:
/// erased       type, at, tombstones
/// block        type (placed or lifted), at, by, against
/// report       type, at, id, reporter, about, reason, evidence
/// report moved type, at, id, state
/// </code>
/// <c>at</c> is the zigzag difference to the last <c>at</c> before; people, channels, venues, the words of profiles and
/// all texts of reports are indexes into the batch's table; <c>to</c> and <c>evidence</c> are a count (left out when a flag
/// says one) and that many indexes.
/// </summary>
internal static class RecordFormat
{
    public const int TypeMask = 0b11;
    public const int Interaction = 0;
    public const int Profile = 1;
    public const int Other = 2;
    public const int Tombstone = 3;

    public const int Erased = Other;
    public const int BlockPlaced = Other | 1 << 2;
    public const int BlockLifted = Other | 2 << 2;
    public const int Report = Other | 3 << 2;
    public const int ReportMoved = Other | 4 << 2;

    public const int OneRecipient = 1 << 2;
    public const int HasChannel = 1 << 3;
    public const int HasVenue = 1 << 4;
    public const int HasInReplyTo = 1 << 5;
    public const int HasAbout = 1 << 6;
    public const int HasExtras = 1 << 7;

    public const int SaysPersonalised = 1 << 0;
    public const int IsPersonalised = 1 << 1;
    public const int HasExchange = 1 << 2;
    public const int HasSetting = 1 << 3;
    public const int HasWholeLength = 1 << 4;
    public const int HasOtherLength = 1 << 5;
    public const int HasSeries = 1 << 6;
    public const int KnownExtras = (1 << 7) - 1;

    public const int HasName = 1 << 2;
    public const int HasOrganisation = 1 << 3;
    public const int HasRole = 1 << 4;
    public const int HasIndustry = 1 << 5;
    public const int OpenToIntroductions = 1 << 6;
    public const int HasLists = 1 << 7;
}
