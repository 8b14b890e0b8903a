using System.Text;
using NetworkGraph.Importers.Imports;

namespace NetworkGraph.Importers.Tests.Imports;

/// <summary>Mail as programs write it: separators, addresses, dates and marks of all kinds.</summary>
public class DirtyMailTests
{
    private const string Expected = "2026-03-02T09:15:00Z message a@x.example -> b@x.example";

    [Theory]
    [InlineData("From - Mon Mar 02 2026")]
    [InlineData("From - Mon Mar  2 09:15:00 2026")]
    [InlineData("From -")]
    [InlineData("From ")]
    [InlineData("From a@x.example Mon, 2 Mar 2026 09:15:00 +0100")]
    [InlineData("From a@x.example 2026-03-02T09:15:00Z")]
    [InlineData("From a@x.example 2026-03-02")]
    [InlineData("From a@x.example")]
    [InlineData("From - Mo Mär 02 09:15:00 2026")]
    [InlineData("From MAILER-DAEMON Mon Mar 2 2026")]
    [InlineData("From - 02/03/2026 09:15")]
    [InlineData("From a at x.example  Mon Mar  2 09:15:00 2026")]
    [InlineData("From ???@??? Mon Mar 02 09:15:00 2026")]
    [InlineData("From a@x.example Mon Mar  2 09:15:00 CET 2026")]
    [InlineData("From a@x Mon Mar  2 09:15:00 2026\n>From b@x Mon Mar  2 09:15:00 2026")]
    [InlineData("From a@x Mon Mar  2 09:15:00 2026\na line that is no field")]
    public void Messages_are_told_apart_whatever_line_stands_between_them(string separator)
    {
        foreach (var end in (string[])["\n", "\r\n", "\r"])
        {
            var text = string.Concat(new[] { 1, 2 }.Select(i => $"{separator}\n{Header($"{i}@x")}\n\nbody\n\n")).Replace(
                "\n", end, StringComparison.Ordinal);

            Importing.Text("in.mbox", text).Interactions.Select(i => i.Id).ShouldBe(
                ["mail:1@x", "mail:2@x"], $"{separator} with {end.Length}");
            Importing.Text("in.mbox", text.TrimEnd()).Interactions.Count.ShouldBe(2);
        }
    }

    [Fact]
    public void Text_that_begins_with_From_is_no_message()
    {
        const string Body =
            "Hello\n\nFrom Russia with love\nNote: this is text\n\nFrom Monday on we meet\nAgenda: x\n\n>From here\n\nFrom: "
            + "quoted@x.example\nTo: z@x.example\n";

        Importing.Text("in.mbox", $"From a@x Mon Mar  2 09:15:00 2026\n{Header("1@x")}\n\n{Body}\n").Lines.ShouldBe([Expected]);
    }

    [Theory]
    [InlineData("To: b@x.example, broken <b@, c@x.example", "b,c")]
    [InlineData("To: b@x.example; c@x.example", "b,c")]
    [InlineData("To: b@x.example c@x.example", "b,c")]
    [InlineData("To: Okafor, Dana <dana@x.example>, Lee, Park <lee@x.example>", "dana,lee")]
    [InlineData("To: \"Okafor, Dana\" <dana@x.example>, =?UTF-8?Q?Zo=C3=AB,_Lee?= <zoe@x.example>", "dana,zoe")]
    [InlineData("To: Friends: b@x.example, c@x.example;, d@x.example", "b,c,d")]
    [InlineData("To: undisclosed-recipients:;\nCc: b@x.example", "b")]
    [InlineData("To: undisclosed recipients\nCc: b@x.example", "b")]
    [InlineData("To: b@x.example (Bob (the) Builder), <c@x.example> (Cy)", "b,c")]
    [InlineData("To: =?utf-8?Q?Zo=C3?= =?utf-8?Q?=AB?=\n =?utf-8?B?IExlZQ==?= <zoe@x.example>", "zoe")]
    [InlineData("To: <mailto:b@x.example>, @relay.example:c@x.example", "b,c")]
    [InlineData("To: \"Unbalanced <b@x.example>, c@x.example", "b,c")]
    [InlineData("To: B@X.EXAMPLE,\n\tb@x.example,\n\tC@x.example", "b,c")]
    [InlineData("To: =?utf-8?B?Wm/DqyA8em9lQHguZXhhbXBsZT4=?=", "zoe")]
    [InlineData("To: b @ x.example, Bob [c@x.example]", "b,c")]
    [InlineData("To: b@x.example\nTo: c@x.example", "b,c")]
    [InlineData("To : b@x.example", "b")]
    [InlineData("To: a@x.example, b@x.example\nCc: b@x.example", "b")]
    [InlineData("To: /o=Exchange/cn=x, c@x.example", "c")]
    public void Recipients_are_read_as_programs_write_them(string field, string expected)
    {
        var mail = Importing.Text("in.eml", $"Date: Mon, 2 Mar 2026 09:15:00 +0000\nFrom: a@x.example\n{field}\n\nbody\n");

        mail.Interactions.ShouldHaveSingleItem().To.ShouldBe(expected.Split(',').Select(name => $"{name}@x.example"));
    }

    [Fact]
    public void Names_survive_commas_quotes_and_broken_encodings()
    {
        var mail = Importing.Bytes("in.mbox", Encoding.Latin1.GetBytes(string.Concat(
            Message("1", "From: Okafor, Dana <dana@x.example>"), Message("2", "From: Zo\u00eb Lee <zoe@x.example>"),
                Message("3", "From: \"Bob \\\"B\\\" Smith\" <bob@x.example>"),
            Message("4", "From: =?windows-1252?q?Zo=EB?=\r\n =?windows-1252?q?_Park?= <zp@x.example>"))));

        mail.Profiles.Select(p => p.Name).ShouldBe(["Okafor, Dana", "Zoë Lee", "Bob \"B\" Smith", "Zoë Park"], ignoreOrder: true);

        static string Message(string id, string from) =>
            $"From a@x Mon Mar  2 09:15:00 2026\nMessage-ID: <{id}@x>\nDate: Mon, 2 Mar 2026 09:15:00 +0000\n{from}\nTo: "
            + $"b@y.example\n\nhi\n\n";
    }

    [Theory]
    [InlineData("Date: Mon, 2 Mar 26 09:15:00 +0000")]
    [InlineData("Date: Tue, 2 Mar 2026 09:15:00 +0000")]
    [InlineData("Date: 2 Mar 2026 09:15 GMT")]
    [InlineData("Date: Mon, 2 Mar 2026 09:15:00")]
    [InlineData("Date: Mon, 2 Mar 2026 10:15:00 CET")]
    [InlineData("Date: Mon, 2 Mar 2026 10:15:00 +0100 (CET)")]
    [InlineData("Date: Mon Mar  2 09:15:00 2026")]
    [InlineData("Date: 2026-03-02T09:15:00Z")]
    [InlineData("Date: Mo, 2 Mär 2026 10:15:00 +0100")]
    [InlineData("Date: Mon, 02 Mar 2026 09.15.00 +0000")]
    [InlineData("Date: Mon, 2 Mar 2026 04:15:00 EST")]
    [InlineData("Date: Thu, 01 Jan 1970 00:00:00 +0000\nReceived: from x by y; Mon, 2 Mar 2026 09:15:00 +0000")]
    [InlineData("Date: Tue, 01 Jan 1980 00:00:00 +0000\nReceived: from x by y; Mon, 2 Mar 2026 09:15:00 +0000")]
    [InlineData("Date: Mon, 2 Mar 2037 09:15:00 +0000\nReceived: from x by y (foo; bar); Mon, 2 Mar 2026 09:15:00 +0000")]
    [InlineData("Date: Mon, 2 Nov 2026 09:15:00 +0000\nReceived: by z; Mon, 2 Mar 2026 09:15:00 +0000")]
    [InlineData("Date: rubbish\nReceived: from x by y; rubbish\nReceived: by z; Mon, 2 Mar 2026 09:15:00 +0000")]
    [InlineData("X-No: date")]
    public void A_date_is_read_or_taken_from_where_it_was_received(string field)
    {
        var mail = Importing.Text("in.mbox", $"From a@x Mon Mar  2 09:15:00 2026\n{field}\nFrom: a@x.example\nTo: b@x.example\n\nbody\n");

        mail.Lines.ShouldBe([Expected]);
    }

    [Theory]
    [InlineData("Auto-Submitted: auto-replied", LeftOutReasons.Automatic)]
    [InlineData("X-Autoreply: yes", LeftOutReasons.Automatic)]
    [InlineData("Precedence: auto_reply", LeftOutReasons.Automatic)]
    [InlineData("Return-Path: <>", LeftOutReasons.Automatic)]
    [InlineData("Content-Type: multipart/report; report-type=disposition-notification", LeftOutReasons.Automatic)]
    [InlineData("Subject: =?utf-8?Q?Automatische_Antwort=3A_x?=", LeftOutReasons.Automatic)]
    [InlineData("X-Spam-Flag: YES", LeftOutReasons.Spam)]
    [InlineData("X-Gmail-Labels: Papierkorb", LeftOutReasons.Spam)]
    [InlineData("X-Gmail-Labels: =?UTF-8?Q?Entw=C3=BCrfe?=", LeftOutReasons.Draft)]
    [InlineData("X-Status: D", LeftOutReasons.Deleted)]
    [InlineData("X-BeenThere: b@x.example", LeftOutReasons.List)]
    public void What_is_nobodys_message_is_left_out_by_name(string field, string reason)
    {
        Importing.Text("in.eml",
            $"Date: Mon, 2 Mar 2026 09:15:00 +0000\nFrom: a@x.example\nTo: b@x.example\n{field}\n\nbody\n").LeftOut.ShouldBe(
            new Dictionary<string, long> { [reason] = 1 });
    }

    [Fact]
    public void Copies_are_one_message_and_two_peoples_messages_under_one_id_are_two()
    {
        var mail = Importing.Text("in.mbox", string.Concat(
            Message("a@x.example", "b@x.example"), Message("c@x.example", "b@x.example"), Message("a@x.example", "z@x.example"),
                Message("", "b@x.example")));

        mail.Interactions.Select(Imported.Line).ShouldBe(
            ["2026-03-02T09:15:00Z message c@x.example -> b@x.example",
                "2026-03-02T09:15:00Z message a@x.example -> b@x.example,z@x.example"], ignoreOrder: true);
        mail.Rejected.ShouldHaveSingleItem().Field.ShouldBe("from");
        mail.LeftOut.ShouldBe(new Dictionary<string, long> { [LeftOutReasons.Duplicate] = 1 });

        static string Message(string from, string to) =>
            $"From a@x Mon Mar  2 09:15:00 2026\nMessage-ID: <m@x>\nDate: Mon, 2 Mar 2026 09:15:00 +0000\nFrom: {from}\nTo: {to}\n\nhi\n\n";
    }

    private static string Header(string id) =>
        $"Message-ID: <{id}>\nDate: Mon, 2 Mar 2026 09:15:00 +0000\nFrom: a@x.example\nTo: b@x.example";
}
