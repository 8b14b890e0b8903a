using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers.Imports;

namespace NetworkGraph.Importers.Tests.Imports;

public class MailTests
{
    private const string Mara = "mara.quist@example.com";
    private const string Jonas = "jonas.feld@acme.example";

    [Fact]
    public void A_takeout_mailbox_gives_its_expected_interactions()
    {
        var mail = Importing.Sample("mbox/takeout.mbox");

        mail.Formats.ShouldBe(["mbox"]);
        mail.Context.Me.ShouldBe([Mara]);
        mail.Rejected.ShouldBeEmpty();
        mail.Lines.ShouldBe(
        [
            $"2026-03-17T13:32:08Z message {Mara} -> {Jonas}",
            $"2026-03-17T14:00:00Z reply {Jonas} -> {Mara}",
            $"2026-03-18T10:00:00Z message {Jonas} -> {Mara},pat.obrien@globex.example",
            $"2026-03-18T11:00:00Z reply pat.obrien@globex.example -> {Jonas},{Mara}",
            $"2026-03-21T10:00:00Z message {Mara} -> {Jonas},ana@nunez.example,pat.obrien@globex.example",
            $"2026-03-21T11:00:00Z message ana@nunez.example -> {Mara}",
        ]);
        mail.Interactions.Single(i => i.Id == "mail:a2@mail.example").InReplyTo.ShouldBe("mail:a1@mail.example");
        mail.Interactions.Single(i => i.Id == "mail:b2@mail.example").Personalised.ShouldBe(false);
        mail.LeftOut.ShouldBe(new Dictionary<string, long>
        {
            [LeftOutReasons.List] = 2,
            [LeftOutReasons.Automatic] = 2,
            [LeftOutReasons.Draft] = 1,
            [LeftOutReasons.Spam] = 1,
            [LeftOutReasons.Chat] = 1,
            [LeftOutReasons.Duplicate] = 1,
        }, ignoreOrder: true);
        mail.Profiles.Select(p => p.Name).ShouldBe(["Mara Quist", "Jonas Feld", "O'Brien, Pat", "Ana Sofía Núñez"], ignoreOrder: true);
    }

    [Fact]
    public void Thunderbird_quotes_nothing_and_marks_what_was_deleted()
    {
        var mail = Importing.Sample("mbox/quoting-mboxo-unescaped.mbox");

        mail.Lines.ShouldBe([$"2026-03-17T13:32:08Z message {Mara} -> {Jonas}"]);
        mail.LeftOut.ShouldBe(new Dictionary<string, long> { [LeftOutReasons.Deleted] = 1 });
    }

    [Fact]
    public void A_list_archive_gives_comments_to_who_was_answered()
    {
        var mail = Importing.Sample("mbox/pipermail.txt");

        var comment = mail.Interactions.ShouldHaveSingleItem();
        Imported.Line(comment).ShouldBe($"2001-11-01T20:19:12Z comment ana@nunez.example -> {Jonas}");
        (comment.Id, comment.InReplyTo, comment.Venue).ShouldBe(("mail:p2@example", "mail:p1@example", "dev"));
        mail.LeftOut.ShouldBe(new Dictionary<string, long> { [LeftOutReasons.List] = 1 });
        Importing.Sample("mbox/pipermail.txt", new ImportOptions { Lists = true }).Lines[0].ShouldBe(
            $"2001-11-01T19:19:12Z attendance {Jonas} -> ");
    }

    [Theory]
    [InlineData("mbox/mimekit-simple.mbox", 3)]
    [InlineData("mbox/mimekit-unmunged.mbox", 2)]
    [InlineData("mbox/mimekit-issue1189.mbox", 4)]
    public void Mailboxes_of_other_parsers_have_as_many_messages_as_they_say(string path, long messages)
    {
        var mail = Importing.Sample(path);

        (mail.Interactions.Count + mail.Rejected.Count + mail.LeftOut.Values.Sum()).ShouldBe(messages);
    }

    [Fact]
    public void Reports_of_delivery_are_no_interactions_and_encoded_mail_is_read()
    {
        Importing.Sample("eml/mimekit-bounce.eml").Interactions.ShouldBeEmpty();
        Importing.Sample("eml/mimekit-delivery-status.eml").Interactions.ShouldBeEmpty();
        // One message, from somebody to themselves.
        Importing.Sample("eml/mimekit-japanese.eml").LeftOut.ShouldBe(new Dictionary<string, long> { [LeftOutReasons.NoOneElse] = 1 });
    }

    [Fact]
    public void A_maildir_leaves_drafts_out_by_their_flag()
    {
        var mail = Importing.Sample("maildir");

        mail.Formats.ShouldBe(["maildir"]);
        mail.Lines.ShouldBe([$"2026-03-17T14:00:00Z message {Jonas} -> {Mara}"]);
        mail.LeftOut.ShouldBe(new Dictionary<string, long> { [LeftOutReasons.Draft] = 1 });
    }

    [Fact]
    public void Addresses_in_any_case_are_one_person_and_names_are_decoded()
    {
        var mail = Importing.Text(
            "in.mbox", Message("<c1@x>", "\"Okafor, Dana\" <Dana@Example.org>", "=?UTF-8?Q?Zo=C3=AB_Lee?= <lee@example.org>", "09:15")
            + Message("<c2@x>", "LEE@EXAMPLE.ORG", "dana@example.org", "10:15", "In-Reply-To: <c1@x>\n")
                + Message("<c3@x>", "dana@example.org (Dana)", "<lee@example.org>", "11:15"));

        mail.Lines.ShouldBe(
        [
            "2026-03-02T09:15:00Z message dana@example.org -> lee@example.org",
            "2026-03-02T10:15:00Z reply lee@example.org -> dana@example.org",
            "2026-03-02T11:15:00Z message dana@example.org -> lee@example.org",
        ]);
        mail.Profiles.Select(p => (p.Id, p.Name)).ShouldBe(
            [("dana@example.org", "Okafor, Dana"), ("lee@example.org", "Zoë Lee")], ignoreOrder: true);
    }

    [Fact]
    public void Copies_of_a_message_are_one_interaction_with_the_recipients_of_all()
    {
        var mail = Importing.Text("in.mbox", Message("<m1@example.org>", "a@example.org", "b@example.org", "09:15", "X-Folder: Inbox\n")
            + Message("<m1@example.org>", "a@example.org", "b@example.org", "09:15", "X-Folder: Sent\nBcc: c@example.org\n"));

        mail.Lines.ShouldBe(["2026-03-02T09:15:00Z message a@example.org -> b@example.org,c@example.org"]);
        mail.LeftOut.ShouldBe(new Dictionary<string, long> { [LeftOutReasons.Duplicate] = 1 });
    }

    [Fact]
    public void Empty_groups_add_no_one_and_lists_and_automatic_replies_are_left_out()
    {
        var mail = Importing.Text("in.mbox", Message("<g1@x>", "a@x.example", "undisclosed-recipients:;", "09:15", "Cc: b@x.example\n")
            + Message("<g2@x>", "a@x.example", "dev@lists.example", "09:16", "List-Id: <dev.lists.example>\nPrecedence: list\n")
            + Message("<g3@x>", "b@x.example", "a@x.example", "09:17", "Auto-Submitted: auto-replied\nIn-Reply-To: <g1@x>\n"));

        mail.Lines.ShouldBe(["2026-03-02T09:15:00Z message a@x.example -> b@x.example"]);
    }

    [Fact]
    public void A_sender_among_the_recipients_and_an_address_named_twice_are_dropped()
    {
        var mail = Importing.Text(
            "in.mbox", Message("<s1@x>", "q1@x.example", "q1@x.example, q2@x.example", "09:15", "Cc: Q2@x.example\n"));

        mail.Lines.ShouldBe(["2026-03-02T09:15:00Z message q1@x.example -> q2@x.example"]);
    }

    [Fact]
    public void Dates_that_cannot_be_are_taken_from_Received_and_never_made_up()
    {
        var received = "From x@y Mon Mar  2 08:00:00 2026\nReceived: by mx; Mon, 2 Mar 2026 09:00:00 +0000\nFrom: a@x.example\nTo: "
            + "b@x.example\nDate: Thu, 1 Jan 1970 00:00:00 +0000\n\nbody\n\n";
        var nothing = "From MAILER Thu Jan  1 00:00:00 1970\nFrom: a@x.example\nTo: b@x.example\nMessage-ID: <n@x>\n\nbody\n\n";

        var mail = Importing.Text("in.mbox", received + nothing);

        mail.Lines.ShouldBe(["2026-03-02T09:00:00Z message a@x.example -> b@x.example"]);
        mail.Rejected.Single().ShouldBe(
            new RejectedLine(2, "mail:n@x", "at", "is in no header field, or cannot be read") { File = "in.mbox" });
    }

    [Fact]
    public void Content_length_counts_where_a_boundary_stands_behind_it()
    {
        const string Body = "From a@x.example Mon Mar  2 09:15:00 2026\nSubject: a message within\n\nquoted\n";
        var mail = Importing.Text(
            "in.mbox", $"From a@x.example Mon Mar  2 09:15:00 2026\nMessage-ID: <1@x>\nDate: Mon, 2 Mar 2026 09:15:00 +0000\nFrom: "
            + $"a@x.example\nTo: b@x.example\n"
            + $"Content-Length: {Body.Length}\n\n{Body}\n" + Message("<2@x>", "b@x.example", "a@x.example", "10:00"));

        mail.Interactions.Select(i => i.Id).ShouldBe(["mail:1@x", "mail:2@x"]);
    }

    [Fact]
    public void Localised_and_encoded_labels_are_understood()
    {
        var mail = Importing.Text(
            "in.mbox", Message("<1@x>", "a@x.example", "b@x.example", "09:00", "X-Gmail-Labels: =?UTF-8?Q?Entw=C3=BCrfe?=\n")
            + Message("<2@x>", "a@x.example", "b@x.example", "09:00", "X-Gmail-Labels: =?UTF-8?Q?Posteingang,Gesendet?=\n"));

        mail.Interactions.Select(i => i.Id).ShouldBe(["mail:2@x"]);
        mail.Context.Me.ShouldBe(["a@x.example"]);
    }

    private static string Message(string id, string from, string to, string time, string more = "") =>
        $"From MAILER Thu Jan  1 00:00:00 1970\nMessage-ID: {id}\nDate: Mon, 2 Mar 2026 {time}:00 +0000\nFrom: {from}\nTo: "
            + $"{to}\n{more}\nbody\n\n";
}
