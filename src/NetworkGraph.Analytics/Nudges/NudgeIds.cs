using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NetworkGraph.Events.Records;

namespace NetworkGraph.Analytics.Nudges;

/// <summary>Ids of nudges, and the words for their states and scopes.</summary>
public static class NudgeIds
{
    private const int Bytes = 8;
    private static readonly string[] s_states = ["open", "done", "snoozed", "dismissed"];
    private static readonly string[] s_scopes = ["nudge", "person", "rule"];

    public static IReadOnlyList<string> States => s_states;

    public static IReadOnlyList<string> Scopes => s_scopes;

    public static string NameOf(NudgeState state) => s_states[(int)state];

    public static bool TryParse(string word, out NudgeState state)
    {
        state = (NudgeState)Math.Max(0, Array.IndexOf(s_states, word));
        return s_states[(int)state] == word;
    }

    public static bool TryParse(string word, out NudgeScope scope)
    {
        scope = (NudgeScope)Math.Max(0, Array.IndexOf(s_scopes, word));
        return s_scopes[(int)scope] == word;
    }

    /// <summary>64 bits of the SHA-256 of the rule, the people, since when, and the positions it rests on; 16 hexadecimal digits.</summary>
    public static string Of(Nudge nudge)
    {
        ArgumentNullException.ThrowIfNull(nudge);
        var since = nudge.Evidence.Since?.ToUnixTimeMilliseconds();
        var text = string.Create(CultureInfo.InvariantCulture,
            $"{nudge.Rule}\n{nudge.Person}\n{nudge.With}\n{since}\n{string.Join(' ', nudge.Evidence.Positions)}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, Bytes));
    }
}
