namespace NetworkGraph.Importers.Imports;

/// <summary>
/// Addresses that code hosts give an account in place of its own: <c>123+login@users.noreply.github.com</c> and, on GitLab,
/// <c>123-login@users.noreply.gitlab.com</c>. The account's page is the same person's.
/// </summary>
internal static class AccountAddresses
{
    private const string GitHub = "@users.noreply.github.com";
    private const string GitLab = "@users.noreply.gitlab.com";
    private const int MaxLogin = 39;

    /// <summary>The page of the account that a canonical address stands for, canonical; null for any other id.</summary>
    public static string? PageOf(string id)
    {
        if (id.EndsWith(GitHub, StringComparison.Ordinal))
            return Page("https://github.com/", Login(id.AsSpan(0, id.Length - GitHub.Length), '+'));
        return id.EndsWith(GitLab, StringComparison.Ordinal)
            ? Page("https://gitlab.com/", Login(id.AsSpan(0, id.Length - GitLab.Length), '-')) : null;
    }

    /// <summary>What stands behind the account's number, if there is one.</summary>
    private static ReadOnlySpan<char> Login(ReadOnlySpan<char> local, char separator)
    {
        var end = local.IndexOf(separator);
        return end > 0 && !local[..end].ContainsAnyExceptInRange('0', '9') ? local[(end + 1)..] : local;
    }

    /// <summary>Programs have accounts too (<c>dependabot[bot]</c>), and are nobody's.</summary>
    private static string? Page(string host, ReadOnlySpan<char> login)
    {
        if (login.Length is 0 or > MaxLogin) return null;
        foreach (var c in login)
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.')) return null;
        return string.Concat(host, login);
    }
}
