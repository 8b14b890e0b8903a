using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers.Exchanges;
using NetworkGraph.Importers.Imports;
using NetworkGraph.Importers.Json;
using NetworkGraph.Importers.Rows;
using NetworkGraph.Importers.Sources;

namespace NetworkGraph.Importers.Slack;

/// <summary>
/// Direct messages are messages. What is said in a channel is a comment to who is mentioned, else to who began the thread; with neither,
/// its writer was at the channel that day. Reactions bear no time of their own and get the message's.
/// </summary>
internal sealed partial class SlackExport(IReadOnlyList<ImportFile> files, ImportContext context)
{
    private const string Channel = "slack";
    private const int MaxMembers = 1000;
    private const int MaxStarters = 1_000_000;

    private static readonly string[] s_lists = ["users.json", "channels.json", "groups.json", "dms.json", "mpims.json"];

    private readonly ItemBuilder _items = new(context, Channel);
    private readonly Dictionary<string, User> _users = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Room> _rooms = new(StringComparer.Ordinal);
    private readonly HashSet<(string, string, long)> _present = [];
    private readonly Dictionary<(string Room, string Stamp), string> _starters = [];
    private string _team = "";

    private sealed record User(string Id, string Name, bool IsBot, string File, long Line);

    /// <summary>A channel, or a conversation of a few.</summary>
    private sealed record Room(string Id, string Name, bool IsDirect, string[] Members);

    public IEnumerable<ImportItem> Read()
    {
        foreach (var file in files.Where(file => s_lists.Contains(file.Name) && file.Name != "users.json"))
            ImportContext.LookAt(() => ReadRooms(file));
        foreach (var file in files.Where(file => file.Name == "users.json"))
            foreach (var item in ImportContext.Guard(file.Path, ReadUsers(file))) yield return item;
        foreach (var file in files)
        {
            if (s_lists.Contains(file.Name) && file.Name == file.Path.Split('/')[^1]) continue;
            if (!Day().IsMatch(file.Name) || file.Folders.Length == 0)
            {
                context.Report.LeaveOut("file of the export about no one", file.Path, 0);
                continue;
            }
            var folder = file.Folders[^1];
            var room = _rooms.GetValueOrDefault(folder) ?? new Room(folder, folder, IsDirect: false, []);
            foreach (var item in ImportContext.Guard(file.Path, ReadDay(file, room))) yield return item;
        }
    }

    private void ReadRooms(ImportFile file)
    {
        var isDirect = file.Name is "dms.json" or "mpims.json";
        using var elements = Elements(file);
        while (elements.Next() is { } element)
        {
            using (element)
            {
                var (id, name) = (JsonValues.Text(element.RootElement, "id"), JsonValues.Text(element.RootElement, "name"));
                var members = element.RootElement.TryGetProperty("members", out var list) && list.ValueKind is JsonValueKind.Array
                    ? list.EnumerateArray().Take(MaxMembers).Select(member => JsonValues.Text(member)).ToArray()
                    : [];
                var room = new Room(id.Length > 0 ? id : name, name.Length > 0 ? name : id, isDirect, members);
                // Channels lie in folders of their names, direct conversations in folders of their ids or names.
                foreach (var key in new[] { room.Name, room.Id }) if (key.Length > 0) _rooms.TryAdd(key, room);
            }
        }
    }

    private IEnumerable<ImportItem> ReadUsers(ImportFile file)
    {
        using var elements = Elements(file);
        while (elements.Next() is { } element)
        {
            User user;
            using (element)
            {
                var root = element.RootElement;
                var profile = root.TryGetProperty("profile", out var found) ? found : root;
                var key = JsonValues.Text(root, "id");
                var email = JsonValues.Text(profile, "email");
                var name = JsonValues.Text(profile, "real_name") is { Length: > 0 } real
                    ? real : JsonValues.Text(root, "real_name") is { Length: > 0 } other ? other : JsonValues.Text(root, "name");
                if (_team.Length == 0) _team = JsonValues.Text(root, "team_id");
                var isBot = key == "USLACKBOT" || root.TryGetProperty("is_bot", out var bot) && bot.ValueKind is JsonValueKind.True;
                user = new User(PersonId.TryCanonical(email, out var canonical, out _) ? canonical : $"slack:{key}", name, isBot,
                    file.Path, elements.Number);
                if (key.Length == 0) continue;
                _users[key] = user;
                if (!isBot && user.Id != $"slack:{key}"
                    && ItemBuilder.SamePerson(
                    user.Id, $"slack:{key}", SamePerson.SameAccount, file.Path, elements.Number) is { } hint) yield return hint;
                var title = JsonValues.Text(profile, "title");
                if (!isBot && _items.Profile(user.Id, file.Path, elements.Number, user.Name, role: title) is { } item) yield return item;
            }
        }
    }

    private IEnumerable<ImportItem> ReadDay(ImportFile file, Room room)
    {
        using var elements = Elements(file);
        while (elements.Next() is { } element)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            using (element)
            {
                foreach (var item in ReadMessage(element.RootElement, room, file.Path, elements.Number)) yield return item;
            }
        }
    }

    private IEnumerable<ImportItem> ReadMessage(JsonElement message, Room room, string file, long line)
    {
        var user = JsonValues.Text(message, "user");
        if (user.Length == 0 && message.TryGetProperty("comment", out var comment)) user = JsonValues.Text(comment, "user");
        if (LeftOut(message, user) is { } reason)
        {
            context.Report.LeaveOut(reason, file, line);
            yield break;
        }
        var stamp = JsonValues.Text(message, "ts");
        if (!double.TryParse(stamp, CultureInfo.InvariantCulture, out var seconds) || seconds is < 0 or > 1e11)
        {
            yield return ImportItem.Reject(file, line, null, "at", "has no time stamp that can be read");
            yield break;
        }
        var atMs = (long)Math.Floor(seconds * 1000);
        var from = IdOf(user);
        var id = ImportIds.Native("slack", string.Join(':', new[] { _team, room.Id, stamp }.Where(part => part.Length > 0)));
        var thread = JsonValues.Text(message, "thread_ts");
        var answers = thread.Length > 0 && thread != stamp
            ? ImportIds.Native("slack", string.Join(':', new[] { _team, room.Id, thread }.Where(part => part.Length > 0))) : null;
        if (thread == stamp && _starters.Count < MaxStarters) _starters[(room.Id, stamp)] = user;
        var seed = new InteractionSeed
        {
            Id = id,
            AtMs = atMs,
            From = from,
            Kind = InteractionKind.Message,
            Channel = Channel,
            InReplyTo = answers
        };
        if (room.IsDirect)
        {
            seed = seed with { To = room.Members.Where(member => member != user && !IsBot(member)).Select(IdOf) };
        }
        else if (Addressees(message, user, thread != stamp, room.Id) is { Count: > 0 } addressees)
        {
            seed = seed with { Kind = InteractionKind.Comment, To = addressees, Venue = $"#{room.Name}" };
        }
        else if (_present.Add((from, room.Id, atMs / 86_400_000)))
        {
            seed = seed with { Kind = InteractionKind.Attendance, Venue = $"#{room.Name}", InReplyTo = null };
        }
        else
        {
            context.Report.LeaveOut("said to no one in particular", file, line);
            seed = null;
        }
        if (seed is not null && context.Options.ReadText)
            seed = seed with
            {
                Exchange = ExchangeReader.Read(Mention().Replace(JsonValues.Text(message, "text"), "you")).Exchange,
                IsExchangeRead = true
            };
        if (seed is not null && _items.Interaction(seed, file, line) is { } item) yield return item;
        foreach (var reaction in Reactions(message, user, id, atMs, room, file, line)) yield return reaction;
    }

    /// <summary>Who is mentioned; without mentions, who began the thread.</summary>
    private List<string> Addressees(JsonElement message, string user, bool isAnswer, string room)
    {
        var mentioned = Mention().Matches(JsonValues.Text(message, "text")).Select(match => match.Groups[1].Value).Where(
            key => key != user && !IsBot(key)).Distinct(StringComparer.Ordinal).Select(IdOf).ToList();
        if (mentioned.Count > 0 || !isAnswer) return mentioned;
        var starter = JsonValues.Text(message, "parent_user_id");
        // Older exports do not repeat who began a thread.
        if (starter.Length == 0) starter = _starters.GetValueOrDefault((room, JsonValues.Text(message, "thread_ts")), "");
        return starter.Length > 0 && starter != user && !IsBot(starter) ? [IdOf(starter)] : [];
    }

    private IEnumerable<ImportItem> Reactions(JsonElement message, string author, string id, long atMs, Room room, string file, long line)
    {
        if (!message.TryGetProperty("reactions", out var reactions) || reactions.ValueKind is not JsonValueKind.Array) yield break;
        var reacted = new HashSet<string>(StringComparer.Ordinal);
        foreach (var reaction in reactions.EnumerateArray())
        {
            if (!reaction.TryGetProperty("users", out var users) || users.ValueKind is not JsonValueKind.Array) continue;
            foreach (var key in users.EnumerateArray().Select(user => JsonValues.Text(user)))
            {
                if (key.Length == 0 || key == author || IsBot(key) || !reacted.Add(key)) continue;
                var seed = new InteractionSeed
                {
                    Id = ImportIds.Native("slack", $"{id["slack:".Length..]}:{key}"),
                    AtMs = atMs,
                    From = IdOf(key),
                    To = [IdOf(author)],
                    Kind = InteractionKind.Reaction,
                    Channel = Channel,
                    Venue = room.IsDirect ? null : $"#{room.Name}",
                    InReplyTo = id,
                };
                if (_items.Interaction(seed, file, line) is { } item) yield return item;
            }
        }
    }

    private string? LeftOut(JsonElement message, string user)
    {
        var subtype = JsonValues.Text(message, "subtype");
        if (subtype is "bot_message" or "bot_add" or "bot_remove" || message.TryGetProperty("bot_id", out var bot)
            && bot.ValueKind is JsonValueKind.String && user.Length == 0) return LeftOutReasons.Robot;
        if (IsBot(user)) return LeftOutReasons.Robot;
        if (subtype.Length > 0 && subtype is not ("me_message" or "file_share" or "thread_broadcast" or "file_comment"))
            return LeftOutReasons.System;
        return user.Length == 0 ? LeftOutReasons.ClosedAccount : null;
    }

    private bool IsBot(string key) => key == "USLACKBOT" || _users.TryGetValue(key, out var user) && user.IsBot;

    private string IdOf(string key) => _users.TryGetValue(key, out var user) ? user.Id : $"slack:{key}";

    private static JsonElements Elements(ImportFile file) => new(file.Open(), "");

    [GeneratedRegex(@"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>", RegexOptions.CultureInvariant)]
    private static partial Regex Mention();

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}\.json$", RegexOptions.CultureInvariant)]
    private static partial Regex Day();
}
