using System.Globalization;
using NetworkGraph.Analytics.Nudges;
using NetworkGraph.People.Measures;

namespace NetworkGraph.Analytics.Briefs;

/// <summary>A brief in sentences.</summary>
internal static class BriefWords
{
    private const double FairBalance = 0.4;

    public static string Summary(string name, TieDetail? tie, int mutualContacts, string? broker, long asOfMs)
    {
        var contacts = mutualContacts switch
        {
            0 => "no contacts in common",
            1 => "one contact in common",
            _ =>
            string.Create(CultureInfo.InvariantCulture, $"{mutualContacts} contacts in common")
        };
        if (tie is not null && (tie.FirstContact is null || tie.LastContact is null))
            return $"You and {name} have never been in touch beyond a connection; you have {contacts}.";
        if (tie is { LastContact: { } lastContact })
        {
            return string.Create(CultureInfo.InvariantCulture,
                $"You and {name} have known each other since {tie.FirstContact:MMMM yyyy} and were last in touch "
                    + $"{Elapsed.Ago(lastContact, asOfMs)}: {tie.ContactsOut} times you, {tie.ContactsIn} times they. The tie is "
                    + $"{tie.Status}; you have {contacts}.");
        }
        return broker is null
            ? $"You and {name} have not met; you have {contacts}, and no one leads to them."
            : $"You and {name} have not met; you have {contacts}, and {broker} is the one to ask for an introduction.";
    }

    public static IReadOnlyList<string> Counsel(
        string name, TieDetail? tie, IReadOnlyList<BriefLoop> loops, IReadOnlyList<BriefWarning> warnings, IReadOnlyList<Nudge> nudges,
            string? broker)
    {
        var counsel = new List<string>();
        foreach (var loop in loops)
            if (loop.WaitsFor is not "other") counsel.Add(loop.Loop switch
            {
                "reply" => $"Answer first: {loop.Reason}",
                "thanks" => $"Begin with thanks: {loop.Reason}",
                "referral" => $"Close the loop: {loop.Reason}",
                _ => $"Make this the follow-up: {loop.Reason}",
            });
        counsel.AddRange(warnings.Select(warning => warning.Counsel));
        if (nudges.Any(nudge => nudge.Rule == NudgeRules.StopPushing)) counsel.Add($"Let {name} speak first.");
        if (tie is not null && tie.Gives.In > tie.Gives.Out) counsel.Add($"{name} has given more than you: bring something.");
        else if (tie is not null && tie.Asks.Out > tie.Gives.Out) counsel.Add("You have asked more than you gave: hold the next ask back.");
        if (tie is { Balance: < FairBalance } && tie.StrengthIn > tie.StrengthOut) counsel.Add($"More comes from {name} than from you.");
        if (tie is null && broker is not null) counsel.Add($"Ask {broker} for an introduction before you write.");
        return [.. counsel.Distinct(StringComparer.Ordinal)];
    }
}
