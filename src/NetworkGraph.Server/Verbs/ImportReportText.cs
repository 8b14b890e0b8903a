using System.Globalization;
using NetworkGraph.Importers;
using NetworkGraph.Server.Api.Imports;
using NetworkGraph.Server.Api.People;

namespace NetworkGraph.Server.Verbs;

/// <summary>What an import came to, for the one who ran it: on the output the result, on the error stream what was not taken.</summary>
internal sealed class ImportReportText(ImportArguments arguments, ImportAnswer answer, TextWriter output, TextWriter errors)
{
    private const int ErrorsShown = 20;

    private bool HasKept => answer.Accepted + answer.Duplicates + answer.Retracted > 0 && !answer.DryRun;

    public async Task WriteAsync(TimeSpan elapsed)
    {
        if (answer.Report is { } report)
        {
            await WriteErrorsAsync(report);
            if (arguments.Request.IsDryRun || arguments.Request.Format == ImportPlan.Auto) await WriteRecognisedAsync(report);
            await WriteContentAsync(report);
            await WriteTotalAsync(report, elapsed);
        }
        if (answer.State == "cancelled")
        {
            await errors.WriteLineAsync(answer.DryRun
                ? "Stopped before the end."
                : "Stopped before the end. What was accepted is kept; importing the file again goes on from there.");
        }
        if (answer.Failure is { } failure) await errors.WriteLineAsync(failure + (HasKept ? " What was accepted is kept." : ""));
    }

    private async Task WriteTotalAsync(ImportReportAnswer report, TimeSpan elapsed)
    {
        if (answer.DryRun)
        {
            foreach (var example in report.Examples) await output.WriteLineAsync("  " + Line(example));
            if (report.NewInteractions is { } interactions && report.NewPeople is { } people)
                await output.WriteLineAsync(Text($"New to this server: {interactions:N0} interactions, {people:N0} people"));
            await output.WriteLineAsync(
                Text($"{report.Interactions + report.Profiles:N0} would be imported, {answer.RejectedCount:N0} rejected. ")
                + "Nothing was written (--dry-run).");
            return;
        }
        if (report.MeetingsRetracted > 0)
            await output.WriteLineAsync(
                Text($"{report.MeetingsRetracted:N0} interactions retracted, of meetings that the calendar takes back"));
        if (report.IdsMerged > 0) await output.WriteLineAsync(Text($"{report.IdsMerged:N0} ids merged with another of the same person"));
        var rate = (answer.Accepted + answer.Duplicates + answer.Conflicts + answer.Retracted + answer.RejectedCount) / Math.Max(
            elapsed.TotalSeconds, 0.001);
        await output.WriteLineAsync(
            Text($"{answer.Accepted:N0} accepted, {answer.Duplicates:N0} duplicates, {answer.Conflicts:N0} conflicts")
            + Text($", {answer.RejectedCount:N0} rejected")
            + (answer.Retracted > 0 ? Text($", {answer.Retracted:N0} retracted before") : "")
            + (answer.Suppressed > 0 ? Text($", {answer.Suppressed:N0} suppressed (they name an erased person)") : "")
            + Text($" in {elapsed.TotalSeconds:N1} s ({rate:N0} rows/s)"));
        // What came in as an import can be taken out as one.
        if (answer is { Accepted: > 0, Format: not "archive" })
            await output.WriteLineAsync($"To undo it: imports undo '{answer.Batch}'{Where()}");
    }

    private string Where() => arguments.Server is { } server ? $" --server {server}" : $" --data {arguments.Data}";

    private async Task WriteErrorsAsync(ImportReportAnswer report)
    {
        foreach (var line in report.Rejected.Take(ErrorsShown))
            await errors.WriteLineAsync($"{(line.File is { } file ? $"{file}, " : "")}line {line.Line}: {line.Field} {line.Reason}");
        var notTaken = answer.RejectedCount + answer.Conflicts;
        if (notTaken <= ErrorsShown) return;
        var rest = Text($"and {notTaken - ErrorsShown:N0} more");
        var isListed = arguments.Server is null || notTaken <= report.Rejected.Count;
        await errors.WriteLineAsync(arguments.Errors is { } path
            ? $"{rest}, {(isListed ? "all of them" : Text($"the first {report.Rejected.Count:N0}"))} in {path}"
            : $"{rest}; --errors FILE writes {(isListed ? "all of them" : Text($"the first {report.Rejected.Count:N0}"))}");
    }

    private async Task WriteRecognisedAsync(ImportReportAnswer report)
    {
        foreach (var part in report.Formats)
        {
            var more = part.FileCount > part.Files.Count ? Text($" and {part.FileCount - part.Files.Count:N0} more") : "";
            await output.WriteLineAsync($"Read as {part.Format}: {string.Join(", ", part.Files)}{more}");
        }
    }

    private async Task WriteContentAsync(ImportReportAnswer report)
    {
        if (report.Interactions > 0)
        {
            var kinds = string.Join(", ", report.ByKind.Select(kind => Text($"{kind.Count:N0} {kind.Name}")));
            await output.WriteLineAsync(
                Text($"{report.Interactions:N0} interactions ({kinds}) of {report.People:N0} people, ")
                + $"{Day(report.FirstAt)} to {Day(report.LastAt)}");
        }
        if (report.Profiles > 0) await output.WriteLineAsync(Text($"{report.Profiles:N0} profiles"));
        if (report.LeftOut.Count > 0)
            await output.WriteLineAsync(
                $"Left out: {string.Join(", ", report.LeftOut.Select(reason => Text($"{reason.Count:N0} {reason.Name}")))}");
        if (answer.DryRun)
            foreach (var left in report.LeftOutExamples.Take(ErrorsShown))
                await output.WriteLineAsync($"  {left.Reason}: {left.File}{(left.Line > 0 ? $", line {left.Line}" : "")}: {left.Detail}");
        foreach (var guess in report.Guesses) await output.WriteLineAsync(guess);
    }

    private static string Line(InteractionAnswer interaction)
    {
        var to = interaction.To.Count switch
        {
            0 => "",
            <= 3 => $" -> {string.Join(", ", interaction.To)}",
            _ => $" -> {string.Join(", ", interaction.To.Take(2))} and {interaction.To.Count - 2} more",
        };
        var venue = interaction.Venue is { } place ? $" at {place}" : "";
        return $"{Time(interaction.At)} {interaction.Kind}: {interaction.From}{to}{venue}";
    }

    private static string Time(DateTimeOffset at) => NetworkGraph.Events.Interactions.Rfc3339.Format(at.ToUnixTimeMilliseconds());

    private static string Day(DateTimeOffset? at) => at is { } time ? Time(time)[..10] : "";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
