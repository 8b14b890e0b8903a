using NetworkGraph.Interactions;

namespace NetworkGraph.Log;

/// <summary>Whom a record names: who is to be forgotten with it, and in whose history it belongs.</summary>
public static class RecordPeople
{
    public static bool Names(LogRecord record, string person) => record switch
    {
        Interaction interaction => interaction.From == person || interaction.About == person || Array.IndexOf(interaction.To, person) >= 0,
        ProfileChanged changed => changed.Profile.Id == person,
        _ => false,
    };

    /// <summary>Adds everyone whom the record names; somebody may come twice.</summary>
    public static void Collect(LogRecord record, List<string> into)
    {
        switch (record)
        {
            case Interaction interaction:
                into.Add(interaction.From);
                into.AddRange(interaction.To);
                if (interaction.About is { } third) into.Add(third);
                break;
            case ProfileChanged changed:
                into.Add(changed.Profile.Id);
                break;
        }
    }
}
