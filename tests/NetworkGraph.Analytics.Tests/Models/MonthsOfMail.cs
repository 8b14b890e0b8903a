using NetworkGraph.Events.Interactions;

namespace NetworkGraph.Analytics.Tests.Models;

/// <summary>Mail among forty people over fifteen months, from a seed: some pairs write often and are answered, some seldom, and some stop.</summary>
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
                    if (random.NextDouble() < Math.Min(0.9, 8 / every)) mails.Add((day + 1 + random.NextDouble(), $"p{other:D2}", $"p{one:D2}"));
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
}
