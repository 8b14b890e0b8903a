using NetworkGraph.Events.Records;

namespace NetworkGraph.Events.Log;

/// <summary>
/// One record in bytes. The first byte holds the type in its two lowest bits; the numbers are stored: never change them.
/// <code>
/// interaction flags, kind, id, at, from, to, [channel], [venue], [inReplyTo], [about], [extras, [exchange], [setting], [length], [reading,
/// [confidence], [series]], [origin, [batch], [key], [given to]]] profile flags, at, person, [name], [organisation], [role], [industry],
/// entity (0 not said, else its number + 1; 128 more where imported), [offers, audience, tags] tombstone type, id hash (8 bytes),
/// recipients others, distinguished by the whole first byte:
/// erased       type, at, tombstones
/// block        type (placed or lifted), at, by, against
/// report       type, at, id, reporter, about, reason, evidence
/// report moved type, at, id, state
/// alias        type (merged, split or distinct), at, one, other, bits (1: canonical, 2: rule, 4: batch), [canonical], [rule], [batch]
/// withdrawn    type, correction, reason, position
/// source       type, correction, [given to]
/// batch        type, at, batch, phase, flags, [key], [format], [file name], [file hash], five counts, [suppressed]
/// preference   type, flags, at, person, [other], [tag], [[cadence (8 bytes)], [setting], tags]
/// model        type, at, kind, grid date, position, interactions, window, rows, count, parameters (8 bytes each)
/// nudge        type, at, person, nudge, other, rule, state, scope, until (0 for none)
/// keys         type (required or not), at
/// ask          type, at, id, from, target, brokers, state, score (8 bytes)
/// access       type, at, person, role, key name, operation
/// subscription type, flags, at, id, [key], url, events, signer
/// advanced     type, flags, at, id, position, [why given up]
/// beginning    type, flags, at, person, other, [how], [by], [venue]
/// correction   flags, at, id, [key], [batch], [kind, at, from, to, [about], [length (8 bytes)]]
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
    public const int Withdrawn = Other | 30 << 2;
    public const int Source = Other | 31 << 2;
    public const int Batch = Other | 32 << 2;
    public const int Preference = Other | 33 << 2;
    public const int Model = Other | 40 << 2;
    public const int Nudge = Other | 60 << 2;
    public const int KeysRequired = Other | 50 << 2;
    public const int KeysNotRequired = Other | 51 << 2;

    /// <summary>No model has more parameters.</summary>
    public const int MostParameters = 1_000;

    public const int Ask = Other | 41 << 2;
    public const int Access = Other | 42 << 2;
    public const int Subscription = Other | 43 << 2;
    public const int Advanced = Other | 44 << 2;
    public const int Beginning = Other | 45 << 2;

    /// <summary>Flags of a subscription.</summary>
    public const int SubscriptionHasKey = 1 << 0;
    public const int SubscriptionStands = 1 << 1;

    /// <summary>Flags of how a tie began.</summary>
    public const int BeginningHasHow = 1 << 0;
    public const int BeginningHasBy = 1 << 1;
    public const int BeginningHasVenue = 1 << 2;

    /// <summary>Flags of a preference.</summary>
    public const int PreferenceHasOther = 1 << 0;
    public const int PreferenceHasTag = 1 << 1;
    public const int PreferenceStands = 1 << 2;
    public const int PreferenceHasCadence = 1 << 3;
    public const int PreferenceHasSetting = 1 << 4;
    public const int PreferenceHides = 1 << 5;

    /// <summary>Flags of a correction.</summary>
    public const int CorrectionHasKey = 1 << 0;
    public const int CorrectionHasBatch = 1 << 1;
    public const int CorrectionHasAbout = 1 << 2;
    public const int CorrectionAdds = 1 << 3;
    public const int CorrectionHasGivenTo = 1 << 4;
    public const int CorrectionHasInteraction = 1 << 5;
    public const int CorrectionHasLength = 1 << 6;

    /// <summary>Flags of an import.</summary>
    public const int BatchHasKey = 1 << 0;
    public const int BatchHasFormat = 1 << 1;
    public const int BatchHasFileName = 1 << 2;
    public const int BatchHasFileHash = 1 << 3;
    public const int BatchHasSuppressed = 1 << 4;

    public const int AliasMerged = Other | 20 << 2;
    public const int AliasSplit = Other | 21 << 2;
    public const int AliasDistinct = Other | 22 << 2;

    public const int ProfileImported = 0x80;

    // Bits of an alias.
    public const int AliasHasCanonical = 1 << 0;
    public const int AliasHasRule = 1 << 1;
    public const int AliasHasBatch = 1 << 2;
    public const int AliasBits = AliasHasCanonical | AliasHasRule | AliasHasBatch;

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
    public const int HasReading = 1 << 6;
    public const int HasOrigin = 1 << 7;

    /// <summary>Bits of the byte behind <see cref="HasReading"/>: what a machine read, and the series.</summary>
    public const int ByReader = 1 << 0;
    public const int HasConfidence = 1 << 1;
    public const int HasSeries = 1 << 2;

    /// <summary>Bits of the byte behind <see cref="HasOrigin"/>: where the interaction came from.</summary>
    public const int HasBatch = 1 << 0;
    public const int HasKey = 1 << 1;
    public const int IsAmendment = 1 << 2;
    public const int HasGivenTo = 1 << 3;

    public const int HasName = 1 << 2;
    public const int HasOrganisation = 1 << 3;
    public const int HasRole = 1 << 4;
    public const int HasIndustry = 1 << 5;
    public const int OpenToIntroductions = 1 << 6;
    public const int HasLists = 1 << 7;
}
