using System.CommandLine;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using NetworkGraph.Analytics.Nudges;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.People;
using NetworkGraph.Server.Digests;
using NetworkGraph.Server.Host;

namespace NetworkGraph.Server.Verbs;

/// <summary><c>digest</c>: a person's week as text and HTML, to files or by mail; nothing in a quiet week. The folder must not be served
/// meanwhile.</summary>
public static class DigestVerb
{
    private const int DefaultPort = 587;

    private static readonly Option<string?> s_data = new("--data")
    {
        Description = "Where the log lives (default ./data).",
        HelpName = "dir"
    };

    private static readonly Option<string> s_person = new("--person")
    {
        Description = "Whose week it is.",
        HelpName = "id",
        Required = true
    };

    private static readonly Option<string?> s_out = new(
        "--out")
    { Description = "Write DIR/digest.txt and DIR/digest.html instead of printing the text.", HelpName = "dir" };

    private static readonly Option<string?> s_smtp = new(
        "--smtp")
    {
        Description =
        "Send it by mail: host or host:port (587). User and password come from NETWORKGRAPH_SMTP_USER and NETWORKGRAPH_SMTP_PASSWORD.",
        HelpName = "host"
    };

    private static readonly Option<string?> s_from = new("--from")
    {
        Description = "With --smtp: the sender's address.",
        HelpName = "address"
    };

    private static readonly Option<string?> s_to = new(
        "--to")
    {
        Description = "With --smtp: the recipient's address (default: the person's id, where that is one).",
        HelpName = "address"
    };

    public static Command Create()
    {
        var digest = new Command("digest", "A person's week: at most seven things to do, and nothing in a quiet week.") { s_data,
            LogChoice.Log, LogChoice.Postgres, s_person, s_out, s_smtp, s_from, s_to };
        digest.SetAction((parsed, cancellation) => RunAsync(parsed, TimeProvider.System, cancellation));
        return digest;
    }

    private static async Task<int> RunAsync(ParseResult parsed, TimeProvider time, CancellationToken cancellation)
    {
        var errors = new List<string>();
        var options = ExportVerb.ReadSettings(parsed, parsed.GetValue(s_data), errors);
        if (!PersonId.TryCanonical(parsed.GetRequiredValue(s_person), out var person, out var reason)) errors.Add($"--person {reason}.");
        var smtp = parsed.GetValue(s_smtp);
        if (smtp is not null && parsed.GetValue(s_from) is null) errors.Add("--from is required with --smtp.");
        var to = parsed.GetValue(s_to) ?? person;
        if (smtp is not null && !MailboxAddress.TryParse(to,
            out _)) errors.Add("--to is required where the person's id is not an address.");
        if (errors.Count > 0)
        {
            foreach (var error in errors) await Console.Error.WriteLineAsync(error);
            return ExitCodes.Usage;
        }
        try
        {
            await using var data = await DataFolder.OpenAsync(options, time, cancellation);
            await using var services = new ServiceCollection().AddSingleton(time).AddNetwork(data, options.Measures,
                options.Network).BuildServiceProvider();
            using (var line = new ProgressLine(time)) await ExportVerb.FoldAsync(services, data, line, time, cancellation);
            var people = services.GetRequiredService<EmbeddedPeople>();
            if (await services.GetRequiredService<PersonalNudges>().NudgesAsync(people.Aliases.CanonicalOf(person!), null,
                cancellation) is not { } nudges)
            {
                await Console.Error.WriteLineAsync("Nobody with that id is known.");
                return ExitCodes.Failed;
            }
            var name = people.Histories.People.TryGetNumber(person!, out var number) ? people.Profiles.Of(number)?.Name : null;
            if (Digest.Of(nudges.Items, name ?? person!, time.GetUtcNow()) is not { } digest)
            {
                await Console.Error.WriteLineAsync("A quiet week: there is nothing to send.");
                return ExitCodes.Done;
            }
            if (parsed.GetValue(s_out) is { } folder)
            {
                Directory.CreateDirectory(folder);
                await File.WriteAllTextAsync(Path.Combine(folder, "digest.txt"), digest.Text, cancellation);
                await File.WriteAllTextAsync(Path.Combine(folder, "digest.html"), digest.Html, cancellation);
            }
            if (smtp is not null) await SendAsync(smtp, Mail(digest, parsed.GetValue(s_from)!, to!), cancellation);
            else if (parsed.GetValue(s_out) is null) await Console.Out.WriteAsync(digest.Text);
            return ExitCodes.Done;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return ExitCodes.Stopped;
        }
        catch (Exception failure)
            when (failure is LogUnavailableException or IOException or UnauthorizedAccessException or SmtpCommandException
                or SmtpProtocolException or AuthenticationException or System.Net.Sockets.SocketException)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return ExitCodes.Failed;
        }
    }

    /// <summary>The digest as a mail with both forms.</summary>
    internal static MimeMessage Mail(Digest digest, string from, string to)
    {
        var mail = new MimeMessage { Subject = digest.Subject };
        mail.From.Add(MailboxAddress.Parse(from));
        mail.To.Add(MailboxAddress.Parse(to));
        mail.Body = new BodyBuilder { TextBody = digest.Text, HtmlBody = digest.Html }.ToMessageBody();
        return mail;
    }

    /// <summary>Sends over TLS where the server offers it; with a user only over TLS, but for this machine.</summary>
    internal static async Task SendAsync(string server, MimeMessage mail, CancellationToken cancellation)
    {
        var colon = server.LastIndexOf(':');
        var (host, port) = colon > 0 && int.TryParse(server.AsSpan(colon + 1), out var given) ? (server[..colon], given) : (server,
            DefaultPort);
        var user = Environment.GetEnvironmentVariable("NETWORKGRAPH_SMTP_USER");
        var isHere = host is "localhost" or "127.0.0.1" or "::1";
        using var client = new SmtpClient();
        await client.ConnectAsync(host, port, user is not null && !isHere ? SecureSocketOptions.StartTls
            : SecureSocketOptions.StartTlsWhenAvailable, cancellation);
        if (user is not null) await client.AuthenticateAsync(user, Environment.GetEnvironmentVariable("NETWORKGRAPH_SMTP_PASSWORD") ?? "",
            cancellation);
        await client.SendAsync(mail, cancellation);
        await client.DisconnectAsync(quit: true, cancellation);
    }
}
