using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Records;

namespace NetworkGraph.Events.Log;

/// <summary>Everyone whom a record names: in whose history it belongs.</summary>
public static class RecordPeople
{
    /// <summary>Adds everyone for whom <see cref="LogRecord.Names"/> holds; somebody may come twice.</summary>
    public static void Collect(LogRecord record, List<string> into)
    {
        switch (record)
        {
            case Interaction interaction:
                into.Add(interaction.From);
                into.AddRange(interaction.To);
                if (interaction.About is { } third) into.Add(third);
                break;
            case CorrectionRecord { Interaction: { } corrected }:
                Collect(corrected, into);
                break;
            case PreferenceChanged preference:
                into.Add(preference.Person);
                if (preference.Other is { } other) into.Add(other);
                break;
            case NudgeChanged nudge:
                into.Add(nudge.Person);
                into.Add(nudge.Other);
                break;
            case ProfileChanged changed:
                into.Add(changed.Profile.Id);
                break;
            case BlockChanged block:
                into.Add(block.By);
                into.Add(block.Against);
                break;
            case AliasChanged alias:
                into.Add(alias.One);
                into.Add(alias.Other);
                if (alias.Canonical is { } canonical) into.Add(canonical);
                break;
            case AskChanged ask:
                into.Add(ask.From);
                into.Add(ask.Target);
                into.AddRange(ask.Brokers);
                break;
            case AccessRecorded access:
                into.Add(access.Person);
                break;
            case BeginningStated beginning:
                into.Add(beginning.Person);
                into.Add(beginning.Other);
                if (beginning.By is { } introducer) into.Add(introducer);
                break;
            case ReportFiled report:
                into.Add(report.Reporter);
                into.Add(report.About);
                break;
        }
    }
}
