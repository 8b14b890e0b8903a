using System.Net;
using System.Text;
using MailKit;
using MailKit.Net.Imap;
using MimeKit;
using NetworkGraph.Importers.Connectors;
using NetworkGraph.Importers.Imports;
using NetworkGraph.Importers.Tests.Imports;

namespace NetworkGraph.Importers.Tests.Connectors;

/// <summary>Live sources against servers of Debian's on the loopback, and against a folder.</summary>
public class ConnectorTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mailbox_is_read_once_and_then_what_is_new_in_it()
    {
        await using var server = await LoopbackServer.DovecotAsync();
        using var user = new ImapClient();
        await user.ConnectAsync("127.0.0.1", server.Port, MailKit.Security.SecureSocketOptions.None, Cancellation);
        await user.AuthenticateAsync(LoopbackServer.User, LoopbackServer.Password, Cancellation);
        await AppendAsync(user, "INBOX", "1", "ann@x.example", "me@x.example");
        await AppendAsync(user, "INBOX", "2", "bob@x.example", "me@x.example");
        await AppendAsync(user, "Sent", "3", "me@x.example", "ann@x.example", "1");
        await AppendAsync(user, "Drafts", "4", "me@x.example", "bob@x.example");
        var checkpoint = new Checkpoint();
        using var mailbox = new ImapMailbox(Account(server, LoopbackServer.Password), TimeProvider.System);

        var first = await ReadAsync(mailbox, checkpoint);
        var second = await ReadAsync(mailbox, checkpoint);
        await AppendAsync(user, "INBOX", "5", "ann@x.example", "me@x.example");
        var third = await ReadAsync(mailbox, new Checkpoint(checkpoint.Marks));

        first.Order(StringComparer.Ordinal).ShouldBe(
            ["mail:1@x.example ann@x.example -> me@x.example", "mail:2@x.example bob@x.example -> me@x.example",
            "mail:3@x.example me@x.example -> ann@x.example"]);
        second.ShouldBeEmpty();
        third.ShouldBe(["mail:5@x.example ann@x.example -> me@x.example"]);
        await user.DisconnectAsync(true, Cancellation);
    }

    [Fact]
    public async Task New_mail_ends_the_wait_for_it()
    {
        await using var server = await LoopbackServer.DovecotAsync();
        using var mailbox = new ImapMailbox(Account(server, LoopbackServer.Password), TimeProvider.System);
        (await ReadAsync(mailbox, new Checkpoint())).ShouldBeEmpty();
        using var user = new ImapClient();
        await user.ConnectAsync("127.0.0.1", server.Port, MailKit.Security.SecureSocketOptions.None, Cancellation);
        await user.AuthenticateAsync(LoopbackServer.User, LoopbackServer.Password, Cancellation);

        var wait = mailbox.WaitAsync(TimeSpan.FromHours(1), Cancellation);
        for (var i = 0; !wait.IsCompleted; i++) await AppendAsync(user, "INBOX", $"{i}", "ann@x.example", "me@x.example");

        await wait;
    }

    [Fact]
    public async Task A_wrong_password_is_said_and_not_shown()
    {
        await using var server = await LoopbackServer.DovecotAsync();
        using var mailbox = new ImapMailbox(Account(server, "wrong-and-secret"), TimeProvider.System);

        var refused = await Should.ThrowAsync<ConnectorException>(() => ReadAsync(mailbox, new Checkpoint()));

        refused.Message.ShouldContain("password");
        refused.Message.ShouldNotContain("wrong-and-secret");
    }

    [Fact]
    public async Task Calendars_and_address_books_are_read_once_and_then_what_changed()
    {
        await using var server = await LoopbackServer.RadicaleAsync();
        using var user = DavServer.Client(new Uri($"http://127.0.0.1:{server.Port}/me/"), LoopbackServer.User, LoopbackServer.Password);
        await SendAsync(user, "MKCALENDAR", "/me/work/", "");
        await SendAsync(user, "MKCOL", "/me/people/",
            "<mkcol xmlns=\"DAV:\" "
                + "xmlns:C=\"urn:ietf:params:xml:ns:carddav\"><set><prop><resourcetype><collection/>"
                + "<C:addressbook/></resourcetype></prop></set></mkcol>");
        await SendAsync(user, "PUT", "/me/work/1.ics", Event("1", "20260302T090000Z"), "text/calendar");
        await SendAsync(user, "PUT", "/me/work/2.ics", Event("2", "20260303T090000Z"), "text/calendar");
        await SendAsync(user, "PUT", "/me/people/1.vcf",
            "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:1\r\nFN:Ann Lee\r\nN:Lee;Ann;;;\r\nEMAIL:ann@x.example\r\nEND:VCARD\r\n", "text/vcard");
        var (calendarMarks, contactMarks) = (new Checkpoint(), new Checkpoint());
        using var calendars = Connect(server, DavContent.Calendars);
        using var contacts = Connect(server, DavContent.Contacts);

        var first = await ReadAsync(calendars, calendarMarks);
        var second = await ReadAsync(calendars, calendarMarks);
        await SendAsync(user, "PUT", "/me/work/3.ics", Event("3", "20260304T090000Z"), "text/calendar");
        await SendAsync(user, "DELETE", "/me/work/1.ics", "");
        var third = await ReadAsync(calendars, calendarMarks);

        first.Order(StringComparer.Ordinal).ShouldBe(["ics:1 me@x.example -> ann@x.example", "ics:2 me@x.example -> ann@x.example"]);
        second.ShouldBeEmpty();
        third.ShouldBe(["ics:3 me@x.example -> ann@x.example"]);
        (await ReadAsync(contacts, contactMarks)).ShouldBe(["ann@x.example Ann Lee"]);
        (await ReadAsync(contacts, contactMarks)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_token_that_the_server_does_not_know_any_more_costs_a_second_reading()
    {
        await using var server = await LoopbackServer.RadicaleAsync();
        using var user = DavServer.Client(new Uri($"http://127.0.0.1:{server.Port}/me/"), LoopbackServer.User, LoopbackServer.Password);
        await SendAsync(user, "MKCALENDAR", "/me/work/", "");
        await SendAsync(user, "PUT", "/me/work/1.ics", Event("1", "20260302T090000Z"), "text/calendar");
        using var calendars = Connect(server, DavContent.Calendars);

        var read = await ReadAsync(
            calendars, new Checkpoint(
            new Dictionary<string,
            string>
            { ["/me/work/"] = "token:http://radicale.org/ns/sync/0000000000000000000000000000000000000000000000000000000000000000" }));

        read.ShouldBe(["ics:1 me@x.example -> ann@x.example"]);
    }

    [Fact]
    public async Task A_server_that_refuses_the_user_or_is_not_there_says_so_without_the_secret()
    {
        await using var server = await LoopbackServer.RadicaleAsync();
        using var refused = new DavServer(
            DavServer.Client(new Uri($"http://127.0.0.1:{server.Port}/me/"), LoopbackServer.User, "wrong-and-secret"),
            DavContent.Calendars, TimeProvider.System);
        using var absent = new DavServer(
            DavServer.Client(new Uri("http://127.0.0.1:9/"), LoopbackServer.User, "wrong-and-secret"), DavContent.Calendars,
            TimeProvider.System);

        foreach (var connector in (DavServer[])[refused, absent])
            (await Should.ThrowAsync<ConnectorException>(() => ReadAsync(connector, new Checkpoint()))).ToString().ShouldNotContain(
                "wrong-and-secret");
    }

    [Fact]
    public async Task A_file_in_a_folder_is_read_when_it_has_come_to_rest_and_again_when_it_changes()
    {
        var folder = Directory.CreateTempSubdirectory("networkgraph-");
        var path = Path.Combine(folder.FullName, "in.csv");
        var checkpoint = new Checkpoint();
        using var watched = new WatchedFolder(folder.FullName, TimeProvider.System);
        await File.WriteAllTextAsync(path, "id,at,from,to,kind\n1,2026-11-01T10:00:00Z,a@x.example,b@x.example,message\n", Cancellation);
        await File.WriteAllTextAsync(path + ".part", "half", Cancellation);

        (await ReadAsync(watched, checkpoint)).ShouldBeEmpty();
        (await ReadAsync(watched, checkpoint)).ShouldBe(["1 a@x.example -> b@x.example"]);
        (await ReadAsync(watched, checkpoint)).ShouldBeEmpty();
        await File.AppendAllTextAsync(path, "2,2026-11-01T10:00:00Z,a@x.example,b@x.example,message\n", Cancellation);
        (await ReadAsync(watched, checkpoint)).ShouldBeEmpty();
        (await ReadAsync(watched, checkpoint)).ShouldBe(["1 a@x.example -> b@x.example", "2 a@x.example -> b@x.example"]);
        folder.Delete(recursive: true);
        await Should.ThrowAsync<ConnectorException>(() => ReadAsync(watched, checkpoint));
    }

    private static ImapAccount Account(LoopbackServer server, string password) =>
        new(new Uri($"imap://127.0.0.1:{server.Port}"), LoopbackServer.User, password, ReadsText: false);

    private static DavServer Connect(LoopbackServer server, DavContent content) =>
        new(DavServer.Client(new Uri($"http://127.0.0.1:{server.Port}/"), LoopbackServer.User, LoopbackServer.Password), content,
            TimeProvider.System);

    /// <summary>All that is new, imported and kept; profiles where there is nothing else.</summary>
    private static async Task<List<string>> ReadAsync(IConnector connector, Checkpoint checkpoint)
    {
        var read = new List<string>();
        await foreach (var arrival in connector.ReadAsync(checkpoint, Cancellation))
        {
            using (arrival)
            {
                var imported = Importing.Import(arrival.Source, new ImportOptions { Me = ["me@x.example"] }, arrival.Format);
                read.AddRange(imported.Interactions.Select(i => $"{i.Id} {i.From} -> {string.Join(',', i.To)}"));
                if (imported.Interactions.Count == 0) read.AddRange(imported.Profiles.Select(p => $"{p.Id} {p.Name}"));
                arrival.Keep(checkpoint);
            }
        }
        return read;
    }

    private static async Task AppendAsync(ImapClient user, string folder, string id, string from, string to, string? answers = null)
    {
        using var message =
            new MimeMessage
            {
                MessageId = $"{id}@x.example",
                Date = new DateTimeOffset(2026, 3, 2, 9, 15, 0, TimeSpan.Zero),
                Subject = "x",
                Body = new TextPart("plain") { Text = "From here on: text" }
            };
        message.From.Add(MailboxAddress.Parse(from));
        message.To.Add(MailboxAddress.Parse(to));
        if (answers is not null) message.InReplyTo = $"{answers}@x.example";
        await (await user.GetFolderAsync(folder, Cancellation)).AppendAsync(message, MessageFlags.None, Cancellation);
    }

    private static async Task SendAsync(HttpClient user, string method, string path, string body, string type = "application/xml")
    {
        HttpResponseMessage? answer = null;
        await Until.TrueAsync($"{method} {path} is answered", async () =>
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path)
            { Content = body.Length == 0 ? null : new StringContent(body, Encoding.UTF8, type) };
            try
            {
                answer = await user.SendAsync(request, Cancellation);
            }
            catch (HttpRequestException failure) when (failure.HttpRequestError is HttpRequestError.ResponseEnded)
            {
                // Radicale now and then ends a connection before it answers.
                answer = null;
            }
            return answer is not null;
        });
        using var response = answer!;
        ((int)response.StatusCode).ShouldBeInRange(200, 299, $"{method} {path}: {response.StatusCode is HttpStatusCode.OK}");
    }

    private static string Event(string uid, string start) =>
        $"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nBEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20260101T000000Z\r\n"
        + $"DTSTART:{start}\r\nDURATION:PT30M\r\nSUMMARY:x\r\n"
        + "ORGANIZER:mailto:me@x.example\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:me@x.example\r\n"
        + "ATTENDEE;PARTSTAT=ACCEPTED:mailto:ann@x.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
}
