using System.Diagnostics;
using System.Text.Json;

namespace NetworkGraph.LoadTests.Peers;

/// <summary>
/// Times what is given to it and writes one line of JSON for each: {"peer", "metric", "runs", "note"} with "value" (the
/// median of the runs), or "p50" and "p99" over all questions of each question's median, and "answers" to compare.
/// </summary>
public sealed class Measurements(TextWriter lines, TextWriter progress)
{
    private const int Runs = 5;

    // Until it is compiled and warm, as in a service that has been up for a moment.
    private static readonly TimeSpan s_atLeast = TimeSpan.FromSeconds(1);
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    /// <summary>A number that is not a time.</summary>
    public void Report(string metric, double value, string? note = null) =>
        Write(metric, $"{value:G5}", new { Peer = "networkgraph", metric, value, note });

    /// <summary>Median of five runs or more in seconds × <paramref name="scale"/>: those of one second, where that is more.</summary>
    public void Time(string metric, double scale, Action run, Func<object?>? answers = null, string? note = null)
    {
        var times = new List<double>();
        var started = Stopwatch.GetTimestamp();
        do
        {
            var start = Stopwatch.GetTimestamp();
            run();
            times.Add(Stopwatch.GetElapsedTime(start).TotalSeconds * scale);
        }
        while (times.Count < Runs || Stopwatch.GetElapsedTime(started) < s_atLeast);
        Report(metric, times, answers?.Invoke(), note);
    }

    public void Report(string metric, List<double> times, object? answers, string? note)
    {
        times.Sort();
        Write(metric, $"{times[times.Count / 2]:G5} ({times.Count} runs)",
            new { Peer = "networkgraph", metric, value = times[times.Count / 2], runs = times.Count, note, answers });
    }

    /// <summary>Each question's median over the runs, in ms; the answer of the last run is kept.</summary>
    public void TimeEach<TAnswer>(string metric, int questions, Func<int, TAnswer> ask, string? note = null)
    {
        var times = Enumerable.Range(0, questions).Select(_ => new double[Runs]).ToArray();
        var answers = new TAnswer[questions];
        for (var warm = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(warm) < s_atLeast;)
            for (var question = 0; question < questions; question++) ask(question);
        for (var run = 0; run < Runs; run++)
        {
            for (var question = 0; question < questions; question++)
            {
                var start = Stopwatch.GetTimestamp();
                answers[question] = ask(question);
                times[question][run] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }
        }
        foreach (var runs in times) runs.AsSpan().Sort();
        var medians = times.Select(runs => runs[Runs / 2]).Order().ToArray();
        var (p50, p99) = (medians[questions / 2], medians[questions * 99 / 100]);
        Write(metric, $"{p50:G4} p99 {p99:G4}", new { Peer = "networkgraph", metric, p50, p99, runs = Runs, questions, note, answers });
    }

    private void Write<T>(string metric, string shown, T line)
    {
        lines.WriteLine(JsonSerializer.Serialize(line, s_json));
        lines.Flush();
        progress.WriteLine($"  networkgraph {metric} {shown}");
    }
}
