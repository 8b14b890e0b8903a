using System.Globalization;
using System.Text.Json;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers.Exchanges;
using NetworkGraph.Importers.Imports;
using NetworkGraph.Importers.Json;
using NetworkGraph.Importers.Rows;
using NetworkGraph.Importers.Sources;

namespace NetworkGraph.Importers.Telegram;

/// <summary>Telegram's export as JSON: one chat, or all of them. Channels and forwarded posts say nothing about two people.</summary>
public sealed class TelegramFormat : IImportFormat
{
    private const string Channel = "telegram";

    public string Name => "telegram";

    public IReadOnlyList<ImportFile> Claim(IReadOnlyList<ImportFile> files) => [.. files.Where(IsExport)];

    public IRowSource Open(IReadOnlyList<ImportFile> files, ImportContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new ItemRows(files.SelectMany(file => ImportContext.Guard(file.Path, Read(file, context))));
    }

    private static bool IsExport(ImportFile file)
    {
        var head = file.HeadText;
        return head.AsSpan().TrimStart() is ['{', ..] && head.Contains("\"messages\"", StringComparison.Ordinal)
            && (head.Contains("\"date_unixtime\"", StringComparison.Ordinal) || head.Contains("\"from_id\"", StringComparison.Ordinal)
                || head.Contains("\"personal_chat\"", StringComparison.Ordinal));
    }

    private static IEnumerable<ImportItem> Read(ImportFile file, ImportContext context)
    {
        // Who speaks in a chat is known when all of it was read once.
        var chats = new Dictionary<int, Chat>();
        foreach (var (element, chat, _) in Messages(file, chats, context))
            if (SpeakerOf(element, chat) is { } speaker) chat.People.TryAdd(speaker.Id, speaker.Name);
        var items = new ItemBuilder(context, "tg");
        foreach (var (element, chat, number) in Messages(file, chats, context))
        {
            if (Item(element, chat, number, items, file, context) is { } item) yield return item;
        }
        foreach (var (id, name) in chats.Values.SelectMany(chat => chat.People).DistinctBy(person => person.Key))
            if (items.Profile(id, file.Path, 0, name) is { } profile) yield return profile;
    }

    private static ImportItem? Item(JsonElement message, Chat chat, long number, ItemBuilder items, ImportFile file, ImportContext context)
    {
        if (LeftOut(message, chat) is { } reason)
        {
            context.Report.LeaveOut(reason, file.Path, number);
            return null;
        }
        if (Time(message, context) is not { } at) return ImportItem.Reject(file.Path, number, null, "at", "has no time that can be read");
        var speaker = SpeakerOf(message, chat)!.Value;
        var talk = chat.Talk ??= new GroupTalk(chat.IsGroup ? chat.Name : null, chat.People.Keys);
        var isCall = JsonValues.Text(message, "action") == "phone_call";
        var seed = talk.Said(speaker.Id, at);
        if (seed is null)
        {
            context.Report.LeaveOut("said to no one in particular", file.Path, number);
            return null;
        }
        var id = JsonValues.Text(message, "id") is { Length: > 0 } own && chat.Id.Length > 0
            ? ImportIds.Native("tg", $"{chat.Id}:{own}") : null;
        var answered = JsonValues.Text(message, "reply_to_message_id");
        seed = seed with { Id = id, Channel = isCall ? "phone" : Channel };
        if (context.Options.ReadText && !isCall && message.TryGetProperty("text", out var text))
            seed = seed with { Exchange = ExchangeReader.Read(TextOf(text)).Exchange, IsExchangeRead = true };
        if (isCall)
        {
            // A call that no one took has no duration: an attempt.
            var length = double.TryParse(JsonValues.Text(message, "duration_seconds"), CultureInfo.InvariantCulture, out var seconds)
                ? seconds : 0;
            seed = seed with { Kind = InteractionKind.Call, LengthSeconds = length, Venue = null };
        }
        else if (answered.Length > 0 && chat.Id.Length > 0)
        {
            seed = seed with { InReplyTo = ImportIds.Native("tg", $"{chat.Id}:{answered}") };
            if (!chat.IsGroup) seed = seed with { Kind = InteractionKind.Reply };
            else if (chat.Authors.TryGetValue(answered, out var author) && author != speaker.Id)
                seed = seed with { Kind = InteractionKind.Comment, To = [author] };
        }
        if (chat.IsGroup) chat.Remember(JsonValues.Text(message, "id"), speaker.Id);
        return items.Interaction(seed, file.Path, number);
    }

    /// <summary>A text is a string, or an array of strings and of objects with a text.</summary>
    private static string TextOf(JsonElement text) => text.ValueKind is JsonValueKind.Array
        ? string.Concat(text.EnumerateArray().Select(
            part => part.ValueKind is JsonValueKind.Object ? JsonValues.Text(part, "text") : JsonValues.Text(part)))
        : JsonValues.Text(text);

    private static string? LeftOut(JsonElement message, Chat chat)
    {
        if (chat.Type.Contains("channel", StringComparison.Ordinal) || chat.Type is "saved_messages" or "bot_chat")
            return LeftOutReasons.Forwarded;
        if (message.TryGetProperty("forwarded_from", out _) || message.TryGetProperty("saved_from", out _)) return LeftOutReasons.Forwarded;
        var type = JsonValues.Text(message, "type");
        if (type == "service" && JsonValues.Text(message, "action") is not "phone_call") return LeftOutReasons.System;
        if (message.TryGetProperty("via_bot", out _) && JsonValues.Text(message, "from").Length == 0) return LeftOutReasons.Robot;
        return SpeakerOf(message, chat) is null ? LeftOutReasons.ClosedAccount : null;
    }

    private static (string Id, string Name)? SpeakerOf(JsonElement message, Chat chat)
    {
        var name = JsonValues.Text(message, "from") is { Length: > 0 } from ? from : JsonValues.Text(message, "actor");
        if (name.Length == 0) return null;
        var id = JsonValues.Text(message, "from_id") is { Length: > 0 } own ? own : JsonValues.Text(message, "actor_id");
        if (id.StartsWith("channel", StringComparison.Ordinal)) return null;
        return (id.Length > 0 ? $"tg:{id}" : ImportIds.Native("tg", $"{(chat.Id.Length > 0 ? chat.Id : chat.Name)}:{name}"), name);
    }

    /// <summary>The Unix time is right; the date beside it is in the exporter's local time.</summary>
    private static long? Time(JsonElement message, ImportContext context)
    {
        if (long.TryParse(JsonValues.Text(message, "date_unixtime"), out var seconds)) return seconds * 1000;
        if (!Times.LooseDate.TryParse(JsonValues.Text(message, "date"), null, context.ZoneOrUtc, out var local, out _)) return null;
        if (context.Options.Zone is null) context.Report.Guess("Times without a zone are taken to be in UTC (--time-zone says otherwise).");
        return local;
    }

    private static IEnumerable<(JsonElement Message, Chat Chat, long Number)> Messages(
        ImportFile file, Dictionary<int, Chat> chats, ImportContext context)
    {
        using var elements = new JsonElements(TextEncodings.ToUtf8(file.Open(), TextEncodings.Recognise(file.Head)), "messages");
        while (elements.Next() is { } element)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            using (element)
            {
                if (!chats.TryGetValue(elements.Arrays, out var chat))
                    chats[elements.Arrays] = chat = new Chat(
                        elements.Outer("id"), elements.Outer("name") is { Length: > 0 } name
                        ? name : Path.GetFileNameWithoutExtension(file.Name), elements.Outer("type"));
                yield return (element.RootElement, chat, elements.Number);
            }
        }
    }

    private sealed class Chat(string id, string name, string type)
    {
        private const int MaxRemembered = 100_000;

        public string Id { get; } = id;

        public string Name { get; } = ItemBuilder.Text(name, 100) ?? "chat";

        public string Type { get; } = type;

        public Dictionary<string, string> People { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, string> Authors { get; } = new(StringComparer.Ordinal);

        public GroupTalk? Talk { get; set; }

        public bool IsGroup => Type.Contains("group", StringComparison.Ordinal) || Type.Length == 0 && People.Count > 2;

        public void Remember(string message, string author)
        {
            if (Authors.Count < MaxRemembered) Authors[message] = author;
        }
    }
}
