using NetworkGraph.Analytics.Models;
using NetworkGraph.Engine.Ties;
using NetworkGraph.People;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;

namespace NetworkGraph.LoadTests.Accuracy;

/// <summary>A data set, folded.</summary>
public sealed class AccuracySet(MailSet mails)
{
    public string Name => mails.Name;

    public MailSet Mails => mails;

    public HistoryStore Histories { get; } = mails.Histories();

    /// <summary>When the data end, Unix ms.</summary>
    public long EndMs { get; } = mails.Mails[^1].AtMs;

    /// <summary>Makes cases; what it learns starts from the shipped priors.</summary>
    public ModelTrainer Trainer => field ??= new ModelTrainer(Histories, PeopleOptions.Default, Priors.Shipped);

    /// <summary>Whether a window of days from a date on ends inside the data.</summary>
    public bool Reaches(long atMs, double days) => atMs + (long)(days * TieDecay.DayMs) <= EndMs;

    /// <summary>The last grid date that is not after a date, Unix ms.</summary>
    public static long GridOf(long atMs)
    {
        var month = DateTimeOffset.FromUnixTimeMilliseconds(atMs).UtcDateTime;
        return new DateTimeOffset(month.Year, month.Month, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
    }
}
