using System.Globalization;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers;
using NetworkGraph.Importers.Imports;
using NetworkGraph.Server.Api.Ingest;

namespace NetworkGraph.Server.Verbs;

/// <summary>What an import came to, for the one who ran it: on the output the result, on the error stream what was not taken.</summary>
internal sealed class ImportReportText(
    ImportRequest request, ImportPlan plan, ImportSummary summary, ImportReport report, IngestTally tally, TextWriter output,
        TextWriter errors)
{
    private const int ErrorsShown = 20;
    private const int FilesShown = 5;

    public async Task WriteAsync(ImportProgress progress)
    {
        await WriteErrorsAsync();
        if (request.IsDryRun || request.Format == ImportPlan.Auto) await WriteRecognisedAsync();
        await WriteContentAsync();
        if (request.IsDryRun)
        {
            foreach (var example in summary.Examples) await output.WriteLineAsync("  " + Line(example));
            await output.WriteLineAsync(
                Text($"{summary.Interactions + summary.Profiles:N0} would be imported, {tally.RejectedCount:N0} rejected. ")
                + "Nothing was written (--dry-run).");
            return;
        }
        var counts = Text($"{tally.Accepted:N0} accepted, {tally.Duplicates:N0} duplicates, {tally.Conflicts:N0} conflicts")
            + Text($", {tally.RejectedCount:N0} rejected{(tally.Retracted > 0 ? Text($", {tally.Retracted:N0} retracted before") : "")}");
        await output.WriteLineAsync(Text($"{counts} in {progress.Elapsed.TotalSeconds:N1} s ({progress.Rate})"));
    }

    private async Task WriteErrorsAsync()
    {
        foreach (var line in tally.Listed.Take(ErrorsShown))
            await errors.WriteLineAsync($"{(line.File is { } file ? $"{file}, " : "")}line {line.Line}: {line.Field} {line.Reason}");
        var rejected = tally.RejectedCount + tally.Conflicts;
        if (rejected <= ErrorsShown) return;
        var rest = Text($"and {rejected - ErrorsShown:N0} more");
        await errors.WriteLineAsync(
            request.Errors is { } path ? $"{rest}, all of them in {path}" : $"{rest}; --errors FILE writes all of them");
    }

    private async Task WriteRecognisedAsync()
    {
        foreach (var part in plan.Parts)
        {
            var names = string.Join(", ", part.Files.Take(FilesShown).Select(file => file.Path));
            var more = part.Files.Count > FilesShown ? Text($" and {part.Files.Count - FilesShown:N0} more") : "";
            await output.WriteLineAsync($"Read as {part.Format.Name}: {names}{more}");
        }
    }

    private async Task WriteContentAsync()
    {
        if (summary.Interactions > 0)
        {
            var kinds = string.Join(", ", summary.ByKind.Select(kind => Text($"{kind.Value:N0} {kind.Key}")));
            await output.WriteLineAsync(
                Text($"{summary.Interactions:N0} interactions ({kinds}) of {summary.People:N0} people, ")
                + $"{Day(summary.FirstMs)} to {Day(summary.LastMs)}");
        }
        if (summary.Profiles > 0) await output.WriteLineAsync(Text($"{summary.Profiles:N0} profiles"));
        if (report.LeftOutCount > 0)
            await output.WriteLineAsync(
                $"Left out: {string.Join(", ", report.LeftOutCounts.Select(reason => Text($"{reason.Value:N0} {reason.Key}")))}");
        if (request.IsDryRun)
            foreach (var left in report.Listed.Where(left => left.Detail is not null).Take(ErrorsShown))
                await output.WriteLineAsync($"  {left.Reason}: {left.File}{(left.Line > 0 ? $", line {left.Line}" : "")}: {left.Detail}");
        foreach (var guess in report.Guesses) await output.WriteLineAsync(guess);
    }

    private static string Line(Interaction interaction)
    {
        var to = interaction.To.Length switch
        {
            0 => "",
            <= 3 => $" -> {string.Join(", ", interaction.To)}",
            _ => $" -> {string.Join(", ", interaction.To.Take(2))} and {interaction.To.Length - 2} more",
        };
        var venue = interaction.Venue is { } place ? $" at {place}" : "";
        return $"{Rfc3339.Format(interaction.AtMs)} {WireNames.Of(interaction.Kind)}: {interaction.From}{to}{venue}";
    }

    private static string Day(long? unixMs) => unixMs is { } ms ? Rfc3339.Format(ms)[..10] : "";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
