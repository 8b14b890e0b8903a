using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NetworkGraph.People;
using NetworkGraph.People.FollowUps;

namespace NetworkGraph.Server.Verbs.Export;

/// <summary>
/// A person's follow-ups that are due, as tasks of a calendar (RFC 5545): whom they met, where, and until when a follow-up is in time.
/// </summary>
internal static class FollowUpCalendar
{
    /// <summary>Returns how many were written; 0 for somebody who is not known, too.</summary>
    public static async Task<long> WriteAsync(
        EmbeddedPeople people, string person, long asOfMs, long nowMs, Stream to, CancellationToken cancellation)
    {
        var found = await people.FollowUpsAsync(person, null, asOfMs, cancellation);
        using var lines = new ContentLines(to);
        lines.Write("BEGIN", "VCALENDAR");
        lines.Write("VERSION", "2.0");
        lines.Write("PRODID", "-//NetworkGraph//Follow-ups//EN");
        var due = (found?.Items ?? []).Where(followUp => followUp is { FollowedUp: null, Deadline: not null }).OrderBy(
            followUp => followUp.Deadline).ToList();
        foreach (var followUp in due)
        {
            var name = people.Histories.People.TryGetNumber(followUp.Person, out var number)
                ? people.Profiles.Of(number)?.Name ?? followUp.Person : followUp.Person;
            lines.Write("BEGIN", "VTODO");
            lines.Write("UID", UidOf(person, followUp));
            lines.Write("DTSTAMP", Time(DateTimeOffset.FromUnixTimeMilliseconds(nowMs)));
            lines.Write("DUE", Time(followUp.Deadline!.Value));
            lines.Write("SUMMARY", ContentLines.Escaped($"Follow up with {name}"));
            var day = followUp.Met.UtcDateTime.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
            var place = followUp.Venue is { } at ? $" at {at}" : "";
            lines.Write("DESCRIPTION", ContentLines.Escaped($"You met on {day}{place}, and nothing has followed yet."));
            if (followUp.Venue is { } venue) lines.Write("LOCATION", ContentLines.Escaped(venue));
            lines.Write("STATUS", "NEEDS-ACTION");
            lines.Write("END", "VTODO");
        }
        lines.Write("END", "VCALENDAR");
        return due.Count;
    }

    /// <summary>The same each time, so that a calendar that reads it again changes the task instead of adding one.</summary>
    private static string UidOf(string person, FollowUp followUp)
    {
        var content = string.Create(CultureInfo.InvariantCulture, $"{person}\n{followUp.Person}\n{followUp.Met.ToUnixTimeMilliseconds()}");
        return $"follow-up-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)).AsSpan(0, 12))}@networkgraph";
    }

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
}
