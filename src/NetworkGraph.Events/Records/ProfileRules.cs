using NetworkGraph.Events.Interactions;

namespace NetworkGraph.Events.Records;

/// <summary>What makes a profile valid. Every way in, whatever its format, ends here.</summary>
public static class ProfileRules
{
    public const int MaxTextChars = 200;
    public const int MaxEntries = 50;
    public const int MaxEntryChars = 100;

    /// <summary>The first broken rule, or null where the profile is valid.</summary>
    public static Rejection? FirstBroken(Profile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return PersonId.Refusal(profile.Id, "id")
            ?? BrokenText(profile.Name, "name")
            ?? BrokenText(profile.Organisation, "organisation")
            ?? BrokenText(profile.Role, "role")
            ?? BrokenText(profile.Industry, "industry")
            ?? BrokenEntries(profile.Offers, "offers")
            ?? BrokenEntries(profile.Audience, "audience")
            ?? BrokenEntries(profile.Tags, "tags");
    }

    private static Rejection? BrokenText(string? text, string field) =>
        text is null ? null : InteractionRules.BrokenText(text, field, MaxTextChars);

    private static Rejection? BrokenEntries(string[] entries, string field)
    {
        if (entries.Length > MaxEntries) return new Rejection(field, $"has {entries.Length} entries, at most {MaxEntries} are allowed");
        foreach (var entry in entries)
            if (InteractionRules.BrokenText(entry, field, MaxEntryChars) is { } broken) return broken;
        return null;
    }
}
