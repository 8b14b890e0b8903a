using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers.Imports;

namespace NetworkGraph.Importers.Calendars;

/// <summary>Who took part in a meeting.</summary>
/// <param name="First">Who acts: the organiser where they took part, else the first who accepted, by id.</param>
/// <param name="Everyone">All who took part, the first included.</param>
/// <param name="Invited">How many were invited and did not decline, the organiser included.</param>
internal sealed record Party(string First, IReadOnlyList<string> Everyone, int Invited);

/// <summary>From a calendar's answers to who met whom.</summary>
internal sealed partial class Meetings(ImportContext context)
{
    /// <summary>With more, it is an event that people attended, not a meeting of theirs.</summary>
    private const int MaxParticipants = 16;

    private readonly ItemBuilder _items = new(context, "ics");

    /// <summary>Who took part; null where no one did, or no one else.</summary>
    public Party? TakingPart(CalendarEvent found)
    {
        var listed = found.Organiser is { } organiser ? found.Attendees.Find(a => a.Address == organiser.Address) : default;
        var others = found.Attendees.Where(a => a.Address != found.Organiser?.Address).ToList();
        // Where no one has answered anything, the calendar does not keep answers.
        var nobodyAnswered = found.Attendees.TrueForAll(a => a.Answer is Answer.None) && found.Attendees.Count > 0;
        var accepted = found.Attendees.Where(a => Accepts(a.Answer, nobodyAnswered)).Select(
            a => PersonId.CanonicalOrSame(a.Address)).ToList();
        var everyone = accepted.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        string? first = null;
        if (found.Organiser is { } host)
        {
            var id = PersonId.CanonicalOrSame(host.Address);
            var isListed = listed.Address is not null;
            // Outlook lists the attendees alone. An organiser who is not among several that accepted invited for others.
            var takesPart = isListed ? listed.Answer is not Answer.Declined : everyone.Count < 2 || context.IsMe(id) || nobodyAnswered;
            if (takesPart)
            {
                first = id;
                if (!everyone.Contains(id, StringComparer.Ordinal)) everyone.Insert(0, id);
            }
        }
        if (everyone.Count == 0) return null;
        first ??= everyone[0];
        var invited = others.Count(a => a.Answer is not Answer.Declined) + (found.Organiser is null ? 0 : 1);
        return everyone.Count < 2 && invited <= MaxParticipants ? null : new Party(first, everyone, invited);
    }

    /// <summary>Why an event is left out that no one, or no one else, took part in.</summary>
    public string WhyNot(CalendarEvent found) =>
        found.Attendees.Exists(a => a.Answer is Answer.Declined) && !found.Attendees.Exists(a => a.Answer is Answer.Tentative)
            ? LeftOutReasons.Declined
        : !context.Options.Tentative && found.Attendees.Exists(a => a.Answer is Answer.Tentative)
            ? "answered tentatively (--tentative takes them in)"
        : LeftOutReasons.NoOneElse;

    /// <summary>The interactions of one instance.</summary>
    public IEnumerable<ImportItem> Items(CalendarEvent found, Party party, string id, long atMs, double? length, string file, long line)
    {
        if (Math.Max(party.Invited, party.Everyone.Count) > MaxParticipants)
        {
            var venue = found.Summary.Length > 0 ? found.Summary : found.Location.Length > 0 ? found.Location : "event";
            foreach (var person in party.Everyone)
            {
                var own = id.Length == 0 ? null : person == party.First
                    ? id : ImportIds.Native("ics", $"{id["ics:".Length..]}/{Short(person)}");
                var attended = new InteractionSeed
                {
                    Id = own,
                    AtMs = atMs,
                    From = person,
                    Kind = InteractionKind.Attendance,
                    Venue = venue,
                    LengthSeconds = length,
                    Series = SeriesOf(found)
                };
                if (_items.Interaction(attended, file, line) is { } attendance) yield return attendance;
            }
            yield break;
        }
        var isCall = IsCall(found);
        var seed = new InteractionSeed
        {
            Id = id.Length == 0 ? null : id,
            AtMs = atMs,
            From = party.First,
            To = party.Everyone.Where(person => person != party.First),
            Kind = isCall ? InteractionKind.Call : InteractionKind.Meeting,
            LengthSeconds = length,
            Series = SeriesOf(found),
            Channel = isCall ? "phone" : null,
        };
        if (_items.Interaction(seed, file, line) is { } item) yield return item;
    }

    private static string? SeriesOf(CalendarEvent found) => found.IsRecurring || found.RecurrenceId is not null ? found.Uid : null;

    private bool Accepts(Answer answer, bool nobodyAnswered) =>
        answer is Answer.Accepted || answer is Answer.Tentative && context.Options.Tentative || answer is Answer.None && nobodyAnswered;

    private static bool IsCall(CalendarEvent found) => found.HasPhone || Phone().IsMatch(found.Summary) || Phone().IsMatch(found.Location);

    private static string Short(string person) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(person)).AsSpan(0, 6));

    [GeneratedRegex(@"\b(?:phone|tel|telephone|telefon\w*|t[ée]l[ée]phone\w*|tel[ée]fono|anruf)\b|^\s*(?:call|appel|llamada)\b|\btel:"
        + @"|^\s*\+?[\d\s()\-]{7,}$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Phone();
}
