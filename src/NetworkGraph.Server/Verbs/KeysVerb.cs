using System.CommandLine;
using System.Globalization;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.Server.Host;
using NetworkGraph.Server.Host.Options;
using NetworkGraph.Server.Keys;

namespace NetworkGraph.Server.Verbs;

/// <summary><c>keys</c>: makes, lists and revokes the keys of a data folder. A running server follows within a second.</summary>
public static class KeysVerb
{
    private const long DayMs = 86_400_000;

    private static readonly Option<string> s_data = new(
        "--data")
    { Description = "The data folder (default ./data).", HelpName = "dir", DefaultValueFactory = _ => "./data" };

    private static readonly Option<string> s_name = new(
        "--name")
    { Description = "What the key is for, in words.", HelpName = "text", Required = true };

    private static readonly Option<string[]> s_scopes = new("--scope")
    {
        Description = "ingest (send), analyst (read, but nothing that people keep to themselves), safety (reports, and boundaries "
            + "from both sides), "
            + "admin (everything but reports), person:<id> (that person's own side). Several are given one after the other.",
        HelpName = "scope",
        Required = true,
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<string?> s_expires = new("--expires")
    {
        Description = "When it ends: 90d, 2027-01-31 or 2027-01-31T12:00:00Z (default: never).",
        HelpName = "when",
    };

    private static readonly Argument<string> s_id = new("id") { Description = "The key's id, as 'keys list' shows it." };

    public static Command Create()
    {
        var create = new Command("create", "Make a key and print it, this once.") { s_name, s_scopes, s_expires, s_data };
        create.SetAction((parsed, _) => RunAsync(() => CreateAsync(parsed, TimeProvider.System)));
        var list = new Command("list", "List all keys: what each may do, but not the keys themselves.") { s_data };
        list.SetAction((parsed, _) => RunAsync(() => ListAsync(parsed, TimeProvider.System)));
        var revoke = new Command("revoke", "Make a key useless for ever.") { s_id, s_data };
        revoke.SetAction((parsed, _) => RunAsync(() => RevokeAsync(parsed)));
        var disable = new Command(
            "disable", "Ask for no keys any more, and remove them all. The folder must not be served meanwhile.") { s_data, LogChoice.Log,
            LogChoice.Postgres };
        disable.SetAction((parsed, cancellation) => RunAsync(() => DisableAsync(parsed, TimeProvider.System, cancellation)));
        return new Command("keys", "Make, list and revoke API keys. With the first one a server asks every request for a key.") { create,
            list, revoke, disable };
    }

    private static async Task<int> RunAsync(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (Exception failure)
            when (failure is KeyFileException or LogUnavailableException or LogCorruptedException or IOException
                or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return ExitCodes.Failed;
        }
    }

    private static async Task<int> CreateAsync(ParseResult parsed, TimeProvider time)
    {
        var nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        var errors = new List<string>();
        var name = parsed.GetRequiredValue(s_name).Trim();
        if (InteractionRules.BrokenText(name, "--name", ApiKey.MaxNameChars) is { } broken) errors.Add($"--name {broken.Reason}.");
        var viewer = ApiKey.ReadScopes(parsed.GetRequiredValue(s_scopes), out var reason);
        if (viewer is null) errors.Add($"--scope: {reason}.");
        var expiresAtMs = parsed.GetValue(s_expires) is { } expires ? ReadExpiry(expires, nowMs, errors) : null;
        if (errors.Count > 0)
        {
            foreach (var error in errors) await Console.Error.WriteLineAsync(error);
            return ExitCodes.Usage;
        }
        var folder = parsed.GetRequiredValue(s_data);
        var (key, text) = ApiKey.Create(name, viewer!, nowMs, expiresAtMs);
        var isFirst = KeyFile.Read(folder) is null;
        KeyFile.Change(folder, keys => [.. keys, key]);
        await Console.Out.WriteLineAsync(text);
        await Console.Error.WriteLineAsync(
            $"Key {key.Id} ({key.Name}) with {string.Join(", ", key.ScopeNames)}{(expiresAtMs is { } end ? $", until {Time(end)}" : "")}. "
            + "It is not shown again: only its hash is kept.");
        if (isFirst) await Console.Error.WriteLineAsync(
            $"It is the first of '{folder}': from now on a server of it asks every request for a key, and may listen on any address.");
        return ExitCodes.Done;
    }

    private static async Task<int> ListAsync(ParseResult parsed, TimeProvider time)
    {
        var folder = parsed.GetRequiredValue(s_data);
        if (KeyFile.Read(folder) is not { } keys)
        {
            await Console.Error.WriteLineAsync($"There are no keys in '{folder}', and none are asked for.");
            return ExitCodes.Done;
        }
        var nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var key in keys)
        {
            var end = key.ExpiresAtMs is not { } expires ? "" : $", {(key.IsExpired(nowMs) ? "expired" : "until")} {Time(expires)}";
            await Console.Out.WriteLineAsync(
                $"{key.Id}  {key.Name}: {string.Join(", ", key.ScopeNames)}; since {Time(key.CreatedAtMs)}{end}");
        }
        if (keys.Count == 0)
            await Console.Error.WriteLineAsync($"All keys of '{folder}' are revoked: a server of it refuses every request.");
        return ExitCodes.Done;
    }

    private static async Task<int> RevokeAsync(ParseResult parsed)
    {
        var folder = parsed.GetRequiredValue(s_data);
        var id = parsed.GetRequiredValue(s_id);
        ApiKey? revoked = null;
        if (KeyFile.Read(folder) is not null)
        {
            KeyFile.Change(folder, keys =>
            {
                revoked = keys.FirstOrDefault(key => key.Id == id);
                return revoked is null ? null : [.. keys.Where(key => key.Id != id)];
            });
        }
        if (revoked is null)
        {
            await Console.Error.WriteLineAsync($"There is no key '{id}' in '{folder}'; 'keys list' shows those there are.");
            return ExitCodes.Failed;
        }
        await Console.Error.WriteLineAsync($"Key {revoked.Id} ({revoked.Name}) is revoked. A running server refuses it within a second.");
        return ExitCodes.Done;
    }

    private static async Task<int> DisableAsync(ParseResult parsed, TimeProvider time, CancellationToken cancellation)
    {
        var errors = new List<string>();
        var folder = parsed.GetRequiredValue(s_data);
        var options = ExportVerb.ReadSettings(parsed, folder, errors);
        if (errors.Count > 0)
        {
            foreach (var error in errors) await Console.Error.WriteLineAsync(error);
            return ExitCodes.Usage;
        }
        await using var log = await DataFolder.OpenLogAsync(options, time, cancellation);
        var receipt = await log.AppendAsync(
            [new KeysRequirement { AtMs = time.GetUtcNow().ToUnixTimeMilliseconds(), Stands = false }], cancellation);
        if (receipt.Overloaded) throw new LogUnavailableException("The log is at capacity. Try again in a moment.");
        KeyFile.Remove(folder);
        await Console.Error.WriteLineAsync(
            $"A server of '{folder}' asks for no keys from its next start on, and listens on loopback addresses only.");
        return ExitCodes.Done;
    }

    private static long? ReadExpiry(string text, long nowMs, List<string> errors)
    {
        long? atMs = null;
        if (text.EndsWith('d') && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days <= 36_500)
            atMs = nowMs + days * DayMs;
        else if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            atMs = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero).ToUnixTimeMilliseconds();
        else if (Rfc3339.TryParse(text, out var ms)) atMs = ms;
        if (atMs is null) errors.Add($"--expires '{text}' is not a date; write 90d, 2027-01-31 or 2027-01-31T12:00:00Z.");
        else if (atMs <= nowMs) errors.Add($"--expires '{text}' is past already.");
        return atMs;
    }

    private static string Time(long ms) =>
        DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
}
