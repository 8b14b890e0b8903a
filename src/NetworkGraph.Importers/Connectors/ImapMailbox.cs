using System.Globalization;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using MailKit.Security;
using NetworkGraph.Importers.Sources;

namespace NetworkGraph.Importers.Connectors;

/// <summary>Where a server is, and as whom it is entered.</summary>
/// <param name="Address">imaps://host:993, or imap://host:143 for a server on this machine, or one that offers TLS.</param>
/// <param name="User">The name to log in with.</param>
/// <param name="Password">Never in a message.</param>
/// <param name="ReadsText">The beginnings of texts are fetched too; else headers alone.</param>
public sealed record ImapAccount(Uri Address, string User, string Password, bool ReadsText);

/// <summary>
/// A mailbox on an IMAP server, read without changing anything in it. Of each folder it is known by its UIDVALIDITY and the last UID what
/// was read; drafts, junk and trash are not read. New messages are put into an mbox file of some hundreds, so that the reader of mailboxes
/// reads these too.
/// </summary>
public sealed class ImapMailbox(ImapAccount account, TimeProvider time) : IConnector
{
    private const int MessagesAtOnce = 500;
    private const int MaxTextBytes = 128 << 10;
    private const FolderAttributes Passed =
        FolderAttributes.Drafts | FolderAttributes.Junk | FolderAttributes.Trash | FolderAttributes.All
        | FolderAttributes.Flagged | FolderAttributes.NonExistent | FolderAttributes.NoSelect;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_longestIdle = TimeSpan.FromMinutes(9);

    private readonly ImapClient _client = new() { Timeout = (int)s_patience.TotalMilliseconds };

    public async IAsyncEnumerable<Arrival> ReadAsync(Checkpoint checkpoint, [EnumeratorCancellation] CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        await AskAsync(() => ConnectAsync(cancellation), cancellation);
        foreach (var folder in await AskAsync(() => FoldersAsync(cancellation), cancellation))
        {
            var (validity, last) = Read(checkpoint[folder.FullName]);
            var uids = await AskAsync(() => NewAsync(folder, validity, last, cancellation), cancellation);
            foreach (var some in uids.Chunk(MessagesAtOnce))
            {
                var path = await AskAsync(() => SpoolAsync(folder, some, cancellation), cancellation);
                yield return new Arrival(
                    ImportSource.OpenOwned(path, $"{NameOf(folder)}.mbox"), "mbox",
                    [new(folder.FullName, string.Create(CultureInfo.InvariantCulture, $"{folder.UidValidity}:{some[^1].Id}"))]);
            }
        }
    }

    /// <summary>Idles in the inbox where the server can, so that new mail is known at once.</summary>
    public async Task WaitAsync(TimeSpan atMost, CancellationToken cancellation)
    {
        if (!_client.IsAuthenticated || !_client.Capabilities.HasFlag(ImapCapabilities.Idle))
        {
            await Task.Delay(atMost, time, cancellation);
            return;
        }
        await AskAsync(async () =>
        {
            await _client.Inbox!.OpenAsync(FolderAccess.ReadOnly, cancellation);
            using var done = new CancellationTokenSource(atMost < s_longestIdle ? atMost : s_longestIdle, time);
            void OnCount(object? sender, EventArgs e) => done.Cancel();
            _client.Inbox.CountChanged += OnCount;
            try
            {
                await _client.IdleAsync(done.Token, cancellation);
            }
            finally
            {
                _client.Inbox.CountChanged -= OnCount;
            }
            return true;
        }, cancellation);
    }

    public void Dispose() => _client.Dispose();

    private async Task<bool> ConnectAsync(CancellationToken cancellation)
    {
        if (_client.IsConnected && _client.IsAuthenticated) return true;
        if (_client.IsConnected) await _client.DisconnectAsync(false, cancellation);
        var isSecure = account.Address.Scheme.Equals("imaps", StringComparison.OrdinalIgnoreCase);
        var port = account.Address.Port > 0 ? account.Address.Port : isSecure ? 993 : 143;
        // A password goes over a network only under TLS; on this machine there is none to go over.
        var security = isSecure ? SecureSocketOptions.SslOnConnect : account.Address.IsLoopback
            ? SecureSocketOptions.None : SecureSocketOptions.StartTls;
        await _client.ConnectAsync(account.Address.Host, port, security, cancellation);
        await _client.AuthenticateAsync(account.User, account.Password, cancellation);
        return true;
    }

    private async Task<List<IMailFolder>> FoldersAsync(CancellationToken cancellation)
    {
        var folders = new List<IMailFolder>();
        if (_client.PersonalNamespaces.Count > 0)
            folders.AddRange(await _client.GetFoldersAsync(_client.PersonalNamespaces[0], cancellationToken: cancellation));
        if (!folders.Exists(folder => folder.FullName.Equals("INBOX", StringComparison.OrdinalIgnoreCase)) && _client.Inbox is { } inbox)
            folders.Add(inbox);
        return [.. folders.Where(folder => (folder.Attributes & Passed) == 0 && !IsPassedByName(folder)).OrderBy(
            folder => folder.FullName, StringComparer.Ordinal)];
    }

    /// <summary>Servers that do not say what a folder is for have it in its name.</summary>
    private static bool IsPassedByName(IMailFolder folder) =>
        Mail.MailFolders.Of(folder.Name) is Mail.MailFolder.Draft or Mail.MailFolder.Spam or Mail.MailFolder.Trash;

    private static string NameOf(IMailFolder folder) => folder.Attributes.HasFlag(FolderAttributes.Sent)
        ? "Sent" : folder.FullName.Replace('/', '.');

    private static async Task<List<UniqueId>> NewAsync(IMailFolder folder, uint validity, uint last, CancellationToken cancellation)
    {
        await folder.OpenAsync(FolderAccess.ReadOnly, cancellation);
        // Under another validity all numbers mean other messages; what was read before comes again, and is known by its ids.
        var from = folder.UidValidity == validity ? last : 0;
        var found = await folder.SearchAsync(
            SearchQuery.Uids(new UniqueIdRange(new UniqueId(folder.UidValidity, from + 1), UniqueId.MaxValue)), cancellation);
        return [.. found.Where(uid => uid.Id > from).OrderBy(uid => uid.Id)];
    }

    private async Task<string> SpoolAsync(IMailFolder folder, UniqueId[] uids, CancellationToken cancellation)
    {
        if (!folder.IsOpen) await folder.OpenAsync(FolderAccess.ReadOnly, cancellation);
        var path = Path.GetTempFileName();
        try
        {
            await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16, useAsync: true);
            var request = new FetchRequest(
                MessageSummaryItems.UniqueId | MessageSummaryItems.InternalDate | MessageSummaryItems.Flags | MessageSummaryItems.Headers);
            foreach (var summary in await folder.FetchAsync(uids, request, cancellation))
                await WriteAsync(folder, summary, file, cancellation);
            return path;
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    private async Task WriteAsync(IMailFolder folder, IMessageSummary summary, FileStream file, CancellationToken cancellation)
    {
        var arrived = (summary.InternalDate ?? DateTimeOffset.UnixEpoch).UtcDateTime;
        await file.WriteAsync(
            Encoding.ASCII.GetBytes($"From MAILER-DAEMON {arrived.ToString("ddd MMM dd HH:mm:ss yyyy", CultureInfo.InvariantCulture)}\n"),
            cancellation);
        var flags = summary.Flags ?? MessageFlags.None;
        if (flags.HasFlag(MessageFlags.Deleted)) await file.WriteAsync("X-Status: D\n"u8.ToArray(), cancellation);
        else if (flags.HasFlag(MessageFlags.Draft)) await file.WriteAsync("X-Status: T\n"u8.ToArray(), cancellation);
        if (account.ReadsText)
        {
            await using var text = await folder.GetStreamAsync(summary.UniqueId, 0, MaxTextBytes, cancellation);
            await CopyQuotedAsync(text, file, cancellation);
        }
        else
        {
            foreach (var header in summary.Headers ?? [])
            {
                await file.WriteAsync(Encoding.ASCII.GetBytes(header.Field + ":"), cancellation);
                await file.WriteAsync(header.RawValue, cancellation);
                if (header.RawValue is not [.., (byte)'\n']) await file.WriteAsync("\n"u8.ToArray(), cancellation);
            }
        }
        await file.WriteAsync("\n\n"u8.ToArray(), cancellation);
    }

    /// <summary>Lines that begin with From are not to be taken for the beginning of a message.</summary>
    private static async Task CopyQuotedAsync(Stream text, FileStream file, CancellationToken cancellation)
    {
        using var reader = new StreamReader(text, Encoding.Latin1);
        while (await reader.ReadLineAsync(cancellation) is { } line)
            await file.WriteAsync(
                Encoding.Latin1.GetBytes(line.StartsWith("From ", StringComparison.Ordinal) ? $">{line}\n" : $"{line}\n"), cancellation);
    }

    private static (uint Validity, uint Last) Read(string? mark) =>
        mark?.Split(':') is [var validity, var last] && uint.TryParse(validity, out var v) && uint.TryParse(last, out var l)
            ? (v, l) : (0, 0);

    /// <summary>
    /// Asks the server; what goes wrong is one kind of failure, whose message has nothing that the server or the user said.
    /// </summary>
    private static async Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken cancellation)
    {
        try
        {
            return await ask();
        }
        catch (AuthenticationException refused)
        {
            throw new ConnectorException("The server refuses the user or the password.", refused);
        }
        catch (Exception failure)
            when (failure is IOException or SocketException or ProtocolException or CommandException or SslHandshakeException
            or ServiceNotConnectedException or TimeoutException
            || failure is OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            throw new ConnectorException($"The server cannot be reached or understood ({failure.GetType().Name}).", failure);
        }
    }
}
