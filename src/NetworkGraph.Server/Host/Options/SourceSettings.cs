using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers.Connectors;
using NetworkGraph.Importers.Times;

namespace NetworkGraph.Server.Host.Options;

/// <summary>
/// A place that this server reads by itself, again and again: section <c>NetworkGraph:Sources:(name)</c> of the configuration.
/// </summary>
public sealed record SourceSettings
{
    private const int MaxNameChars = 40;

    /// <summary>imap, caldav, carddav or folder.</summary>
    public string Type { get; init; } = "";

    /// <summary>imaps://host, https://host/path, or the path of a folder.</summary>
    public string Address { get; init; } = "";

    public string User { get; init; } = "";

    /// <summary>A file that holds the password and that only its owner can read.</summary>
    public string PasswordFile { get; init; } = "";

    /// <summary>Whose data it is: ids, separated by ';'. Empty: the user where that is an address, else guessed.</summary>
    public string Me { get; init; } = "";

    /// <summary>Zone of times that name none, such as Europe/Berlin.</summary>
    public string TimeZone { get; init; } = "";

    /// <summary>Texts are read for what was given or asked, and dropped.</summary>
    public bool ReadText { get; init; }

    /// <summary>How long to wait between two looks; 0: five minutes, of a folder five seconds.</summary>
    public int PollSeconds { get; init; }

    internal TimeSpan Poll => TimeSpan.FromSeconds(PollSeconds > 0 ? PollSeconds : Type == "folder" ? 5 : 300);

    internal IReadOnlyList<string> Owners
    {
        get
        {
            var given = Me.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            return given.Length > 0 ? given : User.Contains('@', StringComparison.Ordinal) ? [User] : [];
        }
    }

    /// <summary>What is wrong with it, each in a sentence that names the setting.</summary>
    internal IEnumerable<string> Validate(string name)
    {
        var path = $"Sources:{name}";
        if (name.Length > MaxNameChars || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            yield return $"{path}: a name has letters, digits, - and _, {MaxNameChars} at most.";
        if (Type is not ("imap" or "caldav" or "carddav" or "folder"))
        {
            yield return $"{path}:Type '{Type}' is unknown; it is imap, caldav, carddav or folder.";
            yield break;
        }
        if (PollSeconds is < 0 or > 86_400) yield return $"{path}:PollSeconds {PollSeconds} is not between 0 and 86400.";
        if (TimeZone.Length > 0 && !Zones.TryFind(TimeZone, out _)) yield return $"{path}:TimeZone '{TimeZone}' does not exist.";
        foreach (var id in Owners)
            if (!PersonId.TryCanonical(id, out _, out var reason)) yield return $"{path}:Me {reason}.";
        if (Type == "folder")
        {
            if (Address.Length == 0) yield return $"{path}:Address must name a folder.";
            yield break;
        }
        string[] schemes = Type == "imap" ? ["imaps", "imap"] : ["https", "http"];
        if (!Uri.TryCreate(Address, UriKind.Absolute, out var uri) || !schemes.Contains(uri.Scheme) || uri.Host.Length == 0)
            yield return $"{path}:Address is not an address like {schemes[0]}://host.";
        else if (uri.UserInfo.Length > 0)
            yield return $"{path}:Address must not hold a user or a password; they are User and PasswordFile.";
        else if (uri.Scheme == "http" && !uri.IsLoopback)
            yield return $"{path}:Address must be https, unless the server is on this machine: a password goes along.";
        if (User.Length == 0) yield return $"{path}:User must say whom to log in as.";
        if (WhyNoPassword() is { } wrong) yield return $"{path}:PasswordFile {wrong}.";
    }

    internal IConnector Connect(TimeProvider time)
    {
        if (Type == "folder") return new WatchedFolder(Address, time);
        var (address, password) = (new Uri(Address), File.ReadAllText(PasswordFile).TrimEnd('\r', '\n'));
        return Type == "imap" ? new ImapMailbox(new ImapAccount(address, User, password, ReadText), time)
            : new DavServer(DavServer.Client(address, User, password), Type == "caldav" ? DavContent.Calendars : DavContent.Contacts, time);
    }

    /// <summary>The record is printed nowhere with where its password is.</summary>
    public override string ToString() => Type;

    private string? WhyNoPassword()
    {
        if (PasswordFile.Length == 0) return "must name a file that holds the password";
        if (!File.Exists(PasswordFile)) return "names a file that does not exist";
        if (OperatingSystem.IsWindows()) return null;
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        return (File.GetUnixFileMode(PasswordFile) & Others) != 0
            ? "names a file that others can read or write; only its owner may (chmod 600)" : null;
    }
}
