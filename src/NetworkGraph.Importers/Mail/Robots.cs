using System.Text.RegularExpressions;

namespace NetworkGraph.Importers.Mail;

/// <summary>Addresses that no person writes from.</summary>
internal static partial class Robots
{
    public static bool IsRobot(string address) => Patterns().IsMatch(address);

    [GeneratedRegex(@"^(?:.*[._+-])?(?:no-?_?reply|do-?_?not-?_?reply|noreply\d*|donotreply|mailer-daemon|postmaster|bounces?|notifications?|calendar-notification|auto-?confirm)(?:[._+-][^@]*)?@"
        + @"|\[bot\]@|@(?:[^@]+\.)?(?:reply|bounces?|noreply|resource\.calendar\.google)\.[^@]+$|^[^@]*bounce[^@]*=[^@]*@", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Patterns();
}
