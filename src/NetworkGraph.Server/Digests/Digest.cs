using System.Globalization;
using System.Net;
using System.Text;
using NetworkGraph.Analytics.Nudges;
using NetworkGraph.Events.Records;

namespace NetworkGraph.Server.Digests;

/// <summary>One week's next best actions of a person, as plain text and as HTML that says the same.</summary>
/// <param name="Subject">What the mail is about.</param>
/// <param name="Text">Plain text.</param>
/// <param name="Html">A page without anything from elsewhere.</param>
internal sealed record Digest(string Subject, string Text, string Html)
{
    public const int MaxItems = 7;

    /// <summary>What is worth less is not worth a mail.</summary>
    public const double MinWorth = 0.2;

    /// <summary>The digest of open actions, worth most first; null in a quiet week, in which none is worth enough.</summary>
    /// <param name="nudges">All nudges of the person, worth most first.</param>
    /// <param name="name">What to call the person.</param>
    /// <param name="day">The day it is of.</param>
    public static Digest? Of(IEnumerable<Nudge> nudges, string name, DateTimeOffset day)
    {
        var items = nudges.Where(nudge => nudge.State == NudgeIds.NameOf(NudgeState.Open)
            && nudge.Worth >= MinWorth).Take(MaxItems).ToList();
        if (items.Count == 0) return null;
        var date = day.UtcDateTime.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
        var subject = items.Count == 1 ? "One thing for your network this week" : $"{items.Count} things for your network this week";
        var text = new StringBuilder($"Hello {name},\n\nthis is your week in relationships, {date}.\n");
        var html = new StringBuilder(
            $"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{Encoded(subject)}</title></head><body><p>Hello "
            + $"{Encoded(name)},</p><p>this is your week in relationships, {date}.</p><ol>");
        foreach (var item in items)
        {
            var due = item.Due is { } by ? $" (by {by.UtcDateTime.ToString("d MMMM", CultureInfo.InvariantCulture)})" : "";
            text.Append(CultureInfo.InvariantCulture, $"\n* {item.Name ?? item.Person}{due}: {item.Reason}");
            html.Append(CultureInfo.InvariantCulture,
                $"<li><strong>{Encoded(item.Name ?? item.Person)}</strong>{due}: {Encoded(item.Reason)}</li>");
        }
        text.Append("\n\nA quiet week brings no mail.\n");
        html.Append("</ol><p>A quiet week brings no mail.</p></body></html>\n");
        return new Digest(subject, text.ToString(), html.ToString());
    }

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);
}
