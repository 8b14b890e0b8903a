using System.Text.Json;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers.Imports;
using NetworkGraph.Importers.Times;

namespace NetworkGraph.Importers.Tests.Imports;

public class ChatTests
{
    private static readonly ImportOptions s_utc = new() { Zone = NodaTime.DateTimeZone.Utc };

    [Fact]
    public void A_group_of_whatsapp_gives_comments_to_who_spoke_before()
    {
        var chat = Importing.Sample("whatsapp/one.txt", s_utc with { Chat = "graph" });

        chat.Formats.ShouldBe(["whatsapp"]);
        chat.Lines.ShouldBe(
        [
            "2026-03-07T21:22:40Z attendance wa:graph:Jonas -> ",
            "2026-03-07T21:28:10Z comment wa:graph:Mara -> wa:graph:Jonas",
            "2026-03-13T08:00:00Z comment wa:graph:Jonas -> wa:graph:Mara",
            "2026-03-13T08:01:00Z comment wa:graph:Li Wei -> wa:graph:Jonas",
        ]);
        chat.LeftOut.ShouldBe(new Dictionary<string, long> { [LeftOutReasons.System] = 1 });
        chat.Profiles.Count.ShouldBe(3);
    }

    [Fact]
    public void An_android_chat_has_times_with_PM_and_lines_of_whatsapps_own()
    {
        var chat = Importing.Sample("whatsapp/two.txt", s_utc);

        chat.Interactions.Count.ShouldBe(2);
        chat.LeftOut[LeftOutReasons.System].ShouldBe(2);
        Rfc3339.Format(chat.Interactions[0].AtMs).ShouldBe("2026-03-10T21:30:00Z");
        chat.Profiles.Select(p => p.Name).ShouldBe(["Mara", "+1 555-0100"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("chatminer-test_[mmddyy]_24hrs.txt")]
    [InlineData("chatminer-test_ddmmyy_24hrs.txt")]
    [InlineData("chatminer-test_mmddyyyy_12hrs.txt")]
    public void The_same_chat_in_three_forms_is_the_same(string file)
    {
        using var expected = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(Importing.Samples, "importers/whatsapp/chatminer-target.json")));
        var times = expected.RootElement.EnumerateArray().Select(
            m => (m.GetProperty("timestamp").GetString() + "Z", m.GetProperty("author").GetString())).Order().ToList();

        var chat = Importing.Sample("whatsapp/" + file, s_utc with { Chat = "c" });

        var said = chat.Interactions.Select(i => (Rfc3339.Format(i.AtMs), (string?)i.From["wa:c:".Length..])).Order().ToList();
        // Who begins is there, at most once a day; no other message is lost.
        said.ShouldBe(times);
    }

    [Fact]
    public void A_chat_without_a_zone_and_one_that_can_be_read_both_ways_are_refused()
    {
        Importing.Text("WhatsApp Chat with Ann.txt", "13/02/2026, 10:00 - Ann: hi\n").Rejected.ShouldHaveSingleItem().Reason.ShouldContain(
            "--time-zone");
        Importing.Text("WhatsApp Chat with Ann.txt", "03/02/2026, 10:00 - Ann: hi\n",
            s_utc).Rejected.ShouldHaveSingleItem().Reason.ShouldContain("--date-order");
        Importing.Text("WhatsApp Chat with Ann.txt", "03/02/2026, 10:00 - Ann: hi\n03/02/2026, 10:01 - Me: ho\n",
            s_utc with { DateOrder = DateOrder.DayFirst }).Lines.ShouldBe(
            ["2026-02-03T10:00:00Z message wa:Ann:Ann -> wa:Ann:Me", "2026-02-03T10:01:00Z message wa:Ann:Me -> wa:Ann:Ann"]);
    }

    [Fact]
    public void Telegram_gives_messages_replies_and_calls_by_its_unix_times()
    {
        var chat = Importing.Sample("telegram/result.json");

        chat.Formats.ShouldBe(["telegram"]);
        chat.Lines.ShouldBe(
        [
            "2026-03-07T21:22:39Z message tg:user111 -> tg:user222",
            "2026-03-07T21:30:00Z reply tg:user222 -> tg:user111",
            "2026-03-08T10:00:00Z call tg:user111 -> tg:user222",
        ]);
        chat.Interactions.Select(i => i.Id).ShouldBe(["tg:4242:1", "tg:4242:2", "tg:4242:3"]);
        chat.Interactions[1].InReplyTo.ShouldBe("tg:4242:1");
        chat.Interactions[2].LengthSeconds.ShouldBe(95);
        chat.LeftOut.ShouldBe(new Dictionary<string, long> { [LeftOutReasons.Forwarded] = 1 });
        Importing.Sample("telegram/chatminer-single.json").Interactions.Count.ShouldBe(2);
    }

    [Fact]
    public void Slack_gives_comments_reactions_and_direct_messages()
    {
        var slack = Importing.Sample("slack/export.zip");

        slack.Formats.ShouldBe(["slack"]);
        slack.Rejected.ShouldBeEmpty();
        slack.Lines.ShouldBe(
        [
            "2026-03-07T21:22:39Z comment mara.quist@example.com -> jonas.feld@acme.example",
            "2026-03-07T21:22:39Z reaction slack:U3 -> mara.quist@example.com",
            "2026-03-07T21:30:00Z comment jonas.feld@acme.example -> mara.quist@example.com",
            "2026-03-07T21:31:40Z attendance mara.quist@example.com -> ",
            "2026-03-07T21:46:40Z message jonas.feld@acme.example -> mara.quist@example.com",
        ]);
        slack.Interactions.Single(i => i.Kind is InteractionKind.Message).Id.ShouldBe("slack:D1:1772920000.000100");
        slack.Interactions.Where(i => i.Kind is InteractionKind.Comment).ShouldAllBe(i => i.Venue == "#general");
        slack.Interactions.ShouldAllBe(i => i.Channel == "slack");
        slack.LeftOut[LeftOutReasons.Robot].ShouldBe(1);
        slack.LeftOut[LeftOutReasons.System].ShouldBe(1);
    }

    [Fact]
    public void Every_record_of_a_slack_export_is_accounted_for()
    {
        var slack = Importing.Sample("slack/slack-export-viewer-testarchive.zip");

        slack.Rejected.ShouldBeEmpty();
        slack.LeftOut[LeftOutReasons.Robot].ShouldBe(94 + 3);
        slack.LeftOut[LeftOutReasons.System].ShouldBe(8);
        (slack.Interactions.Count(i => i.Kind is not InteractionKind.Reaction)
            + slack.LeftOut.GetValueOrDefault("said to no one in particular")).ShouldBe(49 + 3 + 1);
        slack.Profiles.Count.ShouldBeLessThanOrEqualTo(4);
    }

    [Fact]
    public void GitHub_comments_are_towards_the_author_and_who_is_mentioned()
    {
        var comment = Importing.Text("event.json", """
            {"action":"created","issue":{"node_id":"I1","url":"https://api.github.com/repos/o/r/issues/1",
              "user":{"login":"Ann","type":"User"}},
             "comment":{"node_id":"C1","created_at":"2026-03-01T10:00:00Z","user":{"login":"Bob","type":"User"},
              "body":"thanks @cy, see a@b.example"},
             "repository":{"full_name":"o/r"},"sender":{"login":"Bob"}}
            """);

        comment.Formats.ShouldBe(["github"]);
        var only = comment.Interactions.ShouldHaveSingleItem();
        Imported.Line(only).ShouldBe("2026-03-01T10:00:00Z comment https://github.com/bob -> https://github.com/ann,https://github.com/cy");
        (only.Id, only.Venue).ShouldBe(("gh:C1", "o/r"));
        foreach (var file in Directory.GetFiles(Path.Combine(Importing.Samples, "importers/github")))
            Importing.Sample("github/" + Path.GetFileName(file)).Rejected.ShouldBeEmpty(file);
    }

    [Fact]
    public void The_order_in_which_a_chats_lines_ascend_decides_between_day_and_month()
    {
        var chat = Importing.Text(
            "WhatsApp Chat with Ann.txt", "10/03/26, 21:00 - Ann: a\n11/03/26, 21:00 - Me: b\n01/04/26, 09:00 - Ann: c\n",
            new ImportOptions { Zone = NodaTime.DateTimeZone.Utc });

        chat.Interactions.Select(i => Rfc3339.Format(i.AtMs)).ShouldBe(
            ["2026-03-10T21:00:00Z", "2026-03-11T21:00:00Z", "2026-04-01T09:00:00Z"]);
        chat.Context.Report.Guesses.ShouldContain(guess => guess.Contains("day first", StringComparison.Ordinal));
    }

    [Fact]
    public void A_broken_line_of_events_costs_that_line()
    {
        const string Event =
            "{\"action\":\"created\",\"issue\":{\"node_id\":\"I\",\"user\":{\"login\":\"a\"}},\"comment\":{\"node_id\":\"C\","
                + "\"created_at\":\"2026-03-01T10:00:00Z\",\"user\":{\"login\":\"b\"},\"body\":\"x\"},"
                + "\"repository\":{\"html_url\":\"https://github.com/o/r\"}}";

        var events = Importing.Text("events.ndjson", $"{Event}\n{{broken\n{Event.Replace("\"C\"", "\"D\"", StringComparison.Ordinal)}\n");

        events.Interactions.Select(i => i.Id).ShouldBe(["gh:C", "gh:D"]);
        events.Rejected.ShouldHaveSingleItem().Line.ShouldBe(2);
    }
}
