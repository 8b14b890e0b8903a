using System.IO.Compression;
using System.Text;

namespace NetworkGraph.Server.Tests.Imports;

/// <summary>A small file of each format, with rows of each fate: taken, left out, wrong.</summary>
internal static class SampleFiles
{
    public const string Mbox = """
        From a@x.example Mon Mar  2 09:15:00 2026
        Message-ID: <1@x>
        Date: Mon, 2 Mar 2026 09:15:00 +0000
        From: Ann <a@x.example>
        To: b@x.example

        hello

        From b@x.example Mon Mar  2 10:15:00 2026
        Message-ID: <2@x>
        In-Reply-To: <1@x>
        Date: Mon, 2 Mar 2026 10:15:00 +0000
        From: b@x.example
        To: a@x.example

        hello yourself

        From n@x.example Mon Mar  2 11:15:00 2026
        Message-ID: <3@x>
        List-Id: <news.x.example>
        List-Unsubscribe: <mailto:u@x.example>
        Precedence: bulk
        Date: Mon, 2 Mar 2026 11:15:00 +0000
        From: n@x.example
        To: all@x.example

        news

        """;

    public static string Calendar(string uid = "m1@x.example", string more = "") => $"""
        BEGIN:VCALENDAR
        VERSION:2.0
        BEGIN:VEVENT
        UID:{uid}
        DTSTAMP:20260201T000000Z
        DTSTART:20260202T090000Z
        DTEND:20260202T100000Z
        SUMMARY:Plan
        ORGANIZER:mailto:a@x.example
        ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@x.example
        ATTENDEE;PARTSTAT=ACCEPTED;CN=Bo:mailto:b@x.example
        {more}END:VEVENT
        END:VCALENDAR

        """;

    public static string CancelledCalendar(string uid = "m1@x.example") =>
        Calendar(uid, "STATUS:CANCELLED\r\nSEQUENCE:2\r\n").Replace(
        "VERSION:2.0", "VERSION:2.0\r\nMETHOD:CANCEL", StringComparison.Ordinal);

    /// <summary>Name, format and content.</summary>
    public static IReadOnlyList<(string Name, string Format, string Text)> All { get; } =
    [
        ("in.mbox", "mbox", Mbox),
        ("work.ics", "ics", Calendar()),
        ("cards.vcf", "vcard",
            "BEGIN:VCARD\nVERSION:3.0\nFN:Ann "
            + "Other\nORG:Acme\nEMAIL:ann@x.example\nEMAIL:other@x.example\nEND:VCARD\nBEGIN:VCARD\nVERSION:3.0\nFN:Nobody\nEND:VCARD\n"),
        ("mails.csv", "csv",
            "at,from,to,kind\n2026-01-05T10:00:00Z,ann,bob,message\n2026-01-06T10:00:00Z,bob,ann,reply\nnever,ann,bob,message\n"
                + "2026-01-06T10:00:00Z,ann,ann,message\n"),
        ("mail.ndjson", "ndjson",
            "{\"id\":\"x1\",\"at\":\"2026-01-05T10:00:00Z\",\"from\":\"ann\",\"to\":\"bob\",\"kind\":\"message\"}\n{\"id\":\"x2\"}\n"),
        ("people.ndjson", "ndjson", "{\"id\":\"ann\",\"name\":\"Ann\"}\n{\"id\":\"bob\",\"fax\":\"1\"}\n"),
        ("people.csv", "people-csv", "id,name,organisation,role\nann,Ann,Acme,buyer\ncem,,,\n"),
        ("chat.txt", "whatsapp",
            "31/01/2026, 09:00 - Ann: hello\n31/01/2026, 09:05 - Bob: hi\n31/01/2026, 09:06 - Messages are end-to-end encrypted\n"),
        ("result.json", "telegram", """
            {"name":"Bob","type":"personal_chat","id":7,"messages":[
            {"id":1,"type":"message","date":"2026-01-05T10:00:00","date_unixtime":"1767607200","from":"Ann","from_id":"user1","text":"hi"},
            {"id":2,"type":"message","date":"2026-01-05T11:00:00","date_unixtime":"1767610800","from":"Bob","from_id":"user2","text":"ho"}]}
            """),
        ("calls.csv", "call-log",
            "Number,Name,Date,Duration,Type\n+491701234567,Ann,2026-01-05 10:00:00,120,Incoming\n+491701234568,Bob,2026-01-05 "
            + "11:00:00,0,Missed\n"),
        ("one.eml", "eml", "Message-ID: <9@x>\nDate: Mon, 2 Mar 2026 09:15:00 +0000\nFrom: a@x.example\nTo: b@x.example\nSubject: "
            + "x\n\nhello\n"),
        ("graph.graphml", "graph", """
            <?xml version="1.0" encoding="UTF-8"?>
            <graphml xmlns="http://graphml.graphdrawing.org/xmlns">
            <graph edgedefault="directed"><node id="a"/><node id="b"/><edge source="a" target="b"/></graph></graphml>
            """),
        ("contacts.csv", "contacts-csv",
            "First Name,Last Name,Organization Name,E-mail 1 - Value,E-mail 2 - Value\nAnn,Other,Acme,ann@x.example,other@x.example\n"),
    ];

    /// <summary>All of them in one zip archive.</summary>
    public static byte[] Archive() => Zip([.. All.Select(file => (file.Name, Encoding.UTF8.GetBytes(file.Text)))]);

    public static byte[] Zip(params (string Name, byte[] Bytes)[] files)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(content);
            }
        }
        return bytes.ToArray();
    }

    public static byte[] Gzip(byte[] content)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(content);
        return bytes.ToArray();
    }
}
