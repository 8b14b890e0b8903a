using NetworkGraph.Events.Interactions;

namespace NetworkGraph.Importers.Csv;

/// <summary>From a file's headings to fields.</summary>
internal static class CsvHeader
{
    /// <summary>
    /// The field of each column, null for those to leave out. A column that is neither known, mapped nor to be left out is
    /// an error, since what it holds would be lost; so are missing and repeated ones.
    /// </summary>
    public static IReadOnlyList<InteractionField?> Read(string[] headings, CsvOptions options, List<string> errors, List<string> notes)
    {
        var columns = new List<InteractionField?>(headings.Length);
        foreach (var heading in headings)
        {
            var isNamed = options.FieldByHeading.TryGetValue(heading, out var field);
            if (!isNamed && options.Ignored.Contains(heading) || heading.Length == 0)
            {
                columns.Add(null);
                continue;
            }
            if (!isNamed && !InteractionFields.TryFindLoosely(heading, out field)
                && !IsSynonym(heading, headings, options, columns, notes, out field))
            {
                if (options.LeavesOutUnknownColumns)
                {
                    notes.Add(LeftOut(heading));
                    columns.Add(null);
                    continue;
                }
                errors.Add($"has an unknown column '{Shorten(heading)}': map it to a field (map: field={Shorten(heading)}) or leave it "
                    + $"out (ignore)");
                continue;
            }
            if (columns.Contains(field) && options.LeavesOutUnknownColumns && !isNamed)
            {
                // Several columns of recipients name several; of others the first counts.
                if (field is not InteractionField.To) notes.Add($"The second column '{Shorten(heading)}' is left out.");
                columns.Add(field is InteractionField.To ? field : null);
                continue;
            }
            if (columns.Contains(field)) errors.Add($"has two columns for '{field.Name()}'");
            if (options.IsConstant(field)) errors.Add($"has a column for '{field.Name()}', which is also given for every row");
            columns.Add(field);
        }
        foreach (var (heading, field) in options.FieldByHeading)
            if (!headings.Contains(heading, StringComparer.Ordinal))
                errors.Add($"has no column '{Shorten(heading)}', which map names for '{field.Name()}'");
        foreach (var heading in options.Ignored)
            if (!headings.Contains(heading, StringComparer.Ordinal)) errors.Add($"has no column '{Shorten(heading)}', which ignore names");
        errors.AddRange(options.Missing(columns).Select(CsvOptions.MissingReason));
        return columns;
    }

    /// <summary>A heading that means a field which no other column is named after.</summary>
    private static bool IsSynonym(
        string heading, string[] headings, CsvOptions options, List<InteractionField?> columns, List<string> notes,
            out InteractionField field)
    {
        if (!CsvHeadings.TryFind(heading, out field)) return false;
        var found = field;
        if (columns.Contains(found) || options.IsConstant(found) || options.FieldByHeading.Values.Contains(found)) return false;
        if (headings.Any(other => other != heading && InteractionFields.TryFindLoosely(other, out var named) && named == found))
            return false;
        notes.Add($"The column '{Shorten(heading)}' is taken for '{found.Name()}'.");
        return true;
    }

    internal static string LeftOut(string heading) => $"The column '{Shorten(heading)}' is left out.";

    /// <summary>The column of the time of day, where the date stands in another; -1 for none.</summary>
    public static int TimeOfDay(IReadOnlyList<string> headings, int dateColumn)
    {
        if (dateColumn < 0 || dateColumn >= headings.Count
            || !s_days.Contains(CsvHeadings.Fold(headings[dateColumn]), StringComparer.Ordinal)) return -1;
        for (var i = 0; i < headings.Count; i++)
            if (i != dateColumn && s_timesOfDay.Contains(CsvHeadings.Fold(headings[i]), StringComparer.Ordinal)) return i;
        return -1;
    }

    /// <summary>A date and its time of day as one; a midnight that a spreadsheet put behind the date is none.</summary>
    public static string Joined(string date, string time)
    {
        date = date.Trim();
        time = time.Trim();
        if (time.Length == 0) return date;
        foreach (var midnight in (string[])[" 00:00:00", "T00:00:00", " 00:00", " 0:00"])
            if (date.EndsWith(midnight, StringComparison.Ordinal)) date = date[..^midnight.Length];
        return date.Contains(':', StringComparison.Ordinal) ? date : $"{date} {time}";
    }

    private static readonly string[] s_days = [
        "date", "day", "datum", "tag", "fecha", "dia", "jour", "startdate", "activitydate", "callddate", "senton", "eventdate", "calldate"];
    private static readonly string[] s_timesOfDay = [
        "time", "timeofday", "uhrzeit", "zeit", "heure", "hora", "starttime", "clock", "calltime", "eventtime"];

    private static string Shorten(string heading) => heading.Length <= 40 ? heading : string.Concat(heading.AsSpan(0, 40), "…");
}
