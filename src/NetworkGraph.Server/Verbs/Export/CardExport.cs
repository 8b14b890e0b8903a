using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Records;
using NetworkGraph.People;

namespace NetworkGraph.Server.Verbs.Export;

/// <summary>People as vCard 4.0 (RFC 6350): a card each, with every id that they are known by. Lists, rooms and bots have none.</summary>
internal static class CardExport
{
    private const int ReportEvery = 1 << 12;

    /// <summary>Returns how many were written.</summary>
    public static long Write(EmbeddedPeople people, Stream to, Action<long, long> progress, CancellationToken cancellation)
    {
        using var lines = new ContentLines(to);
        var written = 0L;
        var count = people.Histories.People.Count;
        for (var person = 0; person < count; person++)
        {
            if (person % ReportEvery == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                progress(person, count);
            }
            if (PeopleExport.ProfileOf(people, person) is not { } profile || people.Aliases.CanonicalOf(profile.Id) != profile.Id) continue;
            if (people.Histories.Entities.Of(person) is not (EntityKind.Person or EntityKind.Role)) continue;
            Write(lines, profile, people.Aliases.IdsOf(profile.Id));
            written++;
        }
        return written;
    }

    private static void Write(ContentLines lines, Profile profile, IReadOnlyList<string> ids)
    {
        lines.Write("BEGIN", "VCARD");
        lines.Write("VERSION", "4.0");
        lines.Write("FN", ContentLines.Escaped(profile.Name ?? profile.Id));
        if (profile.Organisation is { } organisation) lines.Write("ORG", ContentLines.Escaped(organisation));
        if (profile.Role is { } role) lines.Write("TITLE", ContentLines.Escaped(role));
        foreach (var id in ids.OrderByDescending(id => id == profile.Id).ThenBy(id => id, StringComparer.Ordinal))
        {
            var preferred = id == profile.Id ? ";PREF=1" : "";
            if (id.Contains('@') && !id.AsSpan().ContainsAny("/ ")) lines.Write("EMAIL" + preferred, ContentLines.Escaped(id));
            else if (id.StartsWith("http://", StringComparison.Ordinal) || id.StartsWith("https://", StringComparison.Ordinal))
                lines.Write("URL" + preferred, id);
            else if (id.StartsWith("tel:", StringComparison.Ordinal)) lines.Write("TEL;VALUE=uri" + preferred, id);
            else if (id.StartsWith("urn:", StringComparison.OrdinalIgnoreCase)) lines.Write("UID", id);
            else lines.Write("X-NETWORKGRAPH-ID", ContentLines.Escaped(id));
        }
        if (profile.Tags.Length > 0) lines.Write("CATEGORIES", string.Join(',', profile.Tags.Select(ContentLines.Escaped)));
        lines.Write("END", "VCARD");
    }
}
