using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers.Imports;
using NetworkGraph.Importers.Rows;

namespace NetworkGraph.Importers.Tests.Imports;

public class LinkedInTests
{
    private const string Url = "https://www.linkedin.com/in/";
    private const string Mara = Url + "mara-quist-1a2b";
    private const string Jonas = Url + "jonas-feld";
    private const string Ana = Url + "ana-n%C3%BA%C3%B1ez";

    [Fact]
    public void An_archive_gives_its_expected_interactions()
    {
        var archive = Importing.Sample("linkedin/archive.zip");

        archive.Formats.ShouldBe(["linkedin"]);
        archive.Rejected.ShouldBeEmpty();
        archive.Context.Me.ShouldBe([Mara]);
        archive.Lines.ShouldBe(
        [
            $"2023-01-03T17:00:00Z connect {Url}pat-obrien-9 -> {Mara}",
            $"2023-01-05T00:00:00Z accept {Mara} -> {Ana}",
            $"2024-03-10T09:15:00Z connect {Mara} -> {Jonas}",
            $"2024-03-12T00:00:00Z accept {Jonas} -> {Mara}",
            $"2024-05-01T00:00:00Z endorsement {Jonas} -> {Mara}",
            $"2024-06-01T10:00:00Z endorsement {Jonas} -> {Mara}",
            $"2026-08-01T02:00:00Z message {Mara} -> {Jonas}",
            $"2026-08-02T10:30:00Z reply {Jonas} -> {Mara}",
            $"2026-08-03T09:00:00Z message {Mara} -> {Jonas},{Ana}",
        ]);
        var messages = archive.Interactions.Where(i => i.AtMs > Rfc("2026-08-01T00:00:00Z")).OrderBy(i => i.AtMs).ToList();
        messages[1].InReplyTo.ShouldBe(messages[0].Id);
        archive.Interactions.Single(i => i.Kind is InteractionKind.Connect && i.From == Mara).Personalised.ShouldBe(true);
        archive.Interactions.Single(i => i.Exchange is Exchange.Give).Personalised.ShouldBe(true);
        archive.Profiles.Select(p => (p.Id, p.Name, p.Organisation)).ShouldContain((Jonas, "Jonas Feld", "Acme, Inc."));
        archive.SamePeople.ShouldContain(new SamePerson(Jonas, "jonas.feld@acme.example", SamePerson.SameAccount));
        archive.LeftOut[LeftOutReasons.ClosedAccount].ShouldBe(2);
        archive.LeftOut[LeftOutReasons.Spam].ShouldBe(1);
        archive.LeftOut[LeftOutReasons.Hidden].ShouldBe(1);
        archive.LeftOut[LeftOutReasons.NoPerson].ShouldBe(1);
    }

    [Fact]
    public void Connections_alone_are_read_below_their_notes()
    {
        var connections = Importing.Text("Connections.csv", """
            Notes:
            "Some e-mail addresses may be missing from this file."

            First Name,Last Name,URL,Email Address,Company,Position,Connected On
            Dana,Okafor,https://www.linkedin.com/in/dana-okafor,,Acme,CTO,05 Mar 2024
            "Lee, PhD",Park,https://www.linkedin.com/in/lee-park,lee@example.org,"Beta, Inc.",VP,17 Nov 2025
            ,,,,,,01 Jan 2025
            """.ReplaceLineEndings("\r\n"), new ImportOptions { Me = ["me@x.example"] });

        connections.Lines.ShouldBe(
            [$"2024-03-05T00:00:00Z accept me@x.example -> {Url}dana-okafor",
            $"2025-11-17T00:00:00Z accept me@x.example -> {Url}lee-park"]);
        connections.LeftOut.ShouldBe(new Dictionary<string, long> { [LeftOutReasons.ClosedAccount] = 1 });
    }

    [Fact]
    public void Old_connections_without_profiles_are_known_by_address_or_name_and_company()
    {
        var connections = Importing.Text(
            "Connections.csv", "First Name,Last Name,Email Address,Company,Position,Connected On\nAnn,Lee,ann@x.example,Acme,,12 mars "
            + "2024\n"
            + "Bob,Ray,,Acme,,\"05 janv. 2023\"\nBob,Ray,,Beta,,05 Jan 2023\n", new ImportOptions { Me = ["me@x.example"] });

        connections.Interactions.Count.ShouldBe(3);
        connections.Interactions.SelectMany(i => i.To).Distinct().Count().ShouldBe(3);
        connections.Interactions.ShouldContain(i => i.To[0] == "ann@x.example" && Rfc3339.Format(i.AtMs) == "2024-03-12T00:00:00Z");
    }

    [Fact]
    public void A_message_to_several_has_as_many_recipients_and_deleted_members_are_left_out()
    {
        var messages = Importing.Text(
            "messages.csv", "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE "
            + "URLS,DATE,SUBJECT,CONTENT,FOLDER\n"
            + "2-abc,,Dana Okafor,https://www.linkedin.com/in/dana-okafor,\"Me Self,Lee "
                + "Park\",\"https://www.linkedin.com/in/me,https://www.linkedin.com/in/lee-park\",2025-11-20 09:15:03 UTC,,\"Hi, "
                + "\"\"both\"\",\nnew line\",INBOX\n"
            + "2-abc,,LinkedIn Member,,Me Self,https://www.linkedin.com/in/me,2025-11-21 09:15:03 UTC,,\"gone\",INBOX\n");

        messages.Lines.ShouldBe([$"2025-11-20T09:15:03Z message {Url}dana-okafor -> {Url}me,{Url}lee-park"]);
        messages.LeftOut.ShouldBe(new Dictionary<string, long> { [LeftOutReasons.ClosedAccount] = 1 });
    }

    [Fact]
    public void Invitations_with_the_day_first_are_seen_to_be_so()
    {
        var files = new[]
        {
            ("Connections.csv",
                "First Name,Last Name,URL,Email Address,Company,Position,Connected On\nAnn,Lee,https://www.linkedin.com/in/ann-lee,,,,05 "
                + "Apr 2024\n"),
            ("Invitations.csv",
                "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\nMe,Ann Lee,\"03/04/2024, "
                + "09:15\",,OUTGOING,https://www.linkedin.com/in/me,https://www.linkedin.com/in/ann-lee\n"
                + "Me,Bob,\"25/04/2024, 09:15\",,OUTGOING,https://www.linkedin.com/in/me,https://www.linkedin.com/in/bob\n"),
        };

        Importing.Files(null, files).Interactions.Single(
            i => i.Kind is InteractionKind.Connect && i.To[0] == Url + "ann-lee").AtMs.ShouldBe(Rfc("2024-04-03T09:15:00Z"));
    }

    [Fact]
    public void A_whole_archive_is_read_with_every_row_accounted_for()
    {
        using var source = Sources.ImportSource.Open(Path.Combine(Importing.Samples, "linkedin-archive", "sample_export.zip"));

        var archive = Importing.Import(source, null, null);

        // Its dates lie before 1900, which no interaction may.
        archive.Formats.ShouldBe(["linkedin"]);
        archive.Rejected.ShouldAllBe(r => r.Field == "at" && r.Reason.Contains("1900"));
        archive.Rejected.Count.ShouldBeGreaterThan(20_000);
        archive.Profiles.Count.ShouldBeGreaterThan(1900);
    }

    private static long Rfc(string text) => Rfc3339.TryParse(text, out var unixMs) ? unixMs : throw new FormatException(text);

    [Fact]
    public void Archives_of_before_links_name_people_by_what_they_are_called()
    {
        var archive = Importing.Files(new ImportOptions { Me = ["https://www.linkedin.com/in/me"] },
            ("Profile.csv", "First Name,Last Name,Headline\nMe,Self,x\n"),
            ("Connections.csv",
                "First Name,Last Name,Email Address,Company,Position,Connected On\nDana,Okafor,dana@x.example,Acme,CTO,11/24/17\n"),
            ("Messages.csv", "From,To,Date,Subject,Content,Direction,Folder\nDana Okafor,Me Self,\"11/25/17, 5:44 "
                + "PM\",x,hi,INCOMING,INBOX\nMe Self,Dana Okafor,\"11/26/17, 5:44 PM\",x,hi,OUTGOING,SENT\n"
                + "LinkedIn Member,Me Self,\"11/27/17, 5:44 PM\",x,hi,INCOMING,INBOX\n"));

        archive.Lines.ShouldBe(
        [
            "2017-11-24T00:00:00Z accept https://www.linkedin.com/in/me -> dana@x.example",
            "2017-11-25T17:44:00Z message dana@x.example -> https://www.linkedin.com/in/me",
            "2017-11-26T17:44:00Z reply https://www.linkedin.com/in/me -> dana@x.example",
        ]);
        archive.LeftOut[LeftOutReasons.ClosedAccount].ShouldBe(1);
    }
}
