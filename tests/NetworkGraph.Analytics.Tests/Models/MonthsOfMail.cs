using NetworkGraph.Events.Interactions;

namespace NetworkGraph.Analytics.Tests.Models;

/// <summary>
/// Mail among forty people over fifteen months, from a seed: some pairs write often and are answered, some seldom, and some stop.
/// </summary>
internal static class MonthsOfMail
{
    public const long StartMs = 1_704_067_200_000; // 2024-01-01
    public const long DayMs = 86_400_000;

    public static long At(double day) => StartMs + (long)(day * DayMs);

    public static List<Interaction> From(int seed, double untilDay = 450)
    {
        var random = new Random(seed);
        var mails = new List<(double Day, string From, string To)>();
        for (var one = 0; one < 40; one++)
        {
            for (var other = one + 1; other < 40; other++)
            {
                if (random.Next(4) != 0) continue;
                var every = Math.Exp(random.NextDouble() * 4);
                var ends = random.Next(3) == 0 ? 450 * random.NextDouble() : 450;
                for (var day = random.NextDouble() * every; day < ends; day += every * -Math.Log(1 - random.NextDouble()))
                {
                    mails.Add((day, $"p{one:D2}", $"p{other:D2}"));
                    if (random.NextDouble() < Math.Min(0.9, 8 / every))
                        mails.Add((day + 1 + random.NextDouble(), $"p{other:D2}", $"p{one:D2}"));
                }
            }
        }
        return
        [
            .. mails.Where(mail => mail.Day < untilDay).OrderBy(static mail => mail.Day).Select(static (mail, number) => new Interaction
            {
                Id = $"m{number}", AtMs = At(mail.Day), From = mail.From, To = [mail.To], Kind = InteractionKind.Message,
            }),
        ];
    }

    /// <summary>
    /// The same, and in each week some who had not written to each other begin to: four letters each, answered the next day.
    /// </summary>
    public static List<Interaction> WithNewTies(int seed)
    {
        var mails = From(seed);
        var pairs = mails.Select(static mail => PairOf(mail.From, mail.To[0])).ToHashSet();
        var random = new Random(seed);
        var news = 0;
        for (var one = 0; one < 40; one++)
        {
            for (var other = one + 1; other < 40; other++)
            {
                if (pairs.Contains(PairOf($"p{one:D2}", $"p{other:D2}")) || random.Next(3) != 0) continue;
                var begins = 440 * random.NextDouble();
                for (var week = 0; week < 4; week++)
                {
                    Write(begins + 7 * week, $"p{one:D2}", $"p{other:D2}");
                    Write(begins + 7 * week + 1, $"p{other:D2}", $"p{one:D2}");
                }
            }
        }
        return [.. mails.OrderBy(static mail => mail.AtMs)];

        void Write(double day, string from, string to) =>
            mails.Add(new Interaction { Id = $"n{news++}", AtMs = At(day), From = from, To = [to], Kind = InteractionKind.Message });
    }

    private static (string, string) PairOf(string one, string other) => string.CompareOrdinal(one, other) < 0 ? (one, other) : (other, one);
}
