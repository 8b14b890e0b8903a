using System.Diagnostics;
using System.Text;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers.Imports;
using NetworkGraph.Importers.Sources;

namespace NetworkGraph.Importers.Tests.Imports;

/// <summary>
/// Broken files of every format: nothing crashes and nothing hangs. The load tests do the same with more files and more rounds.
/// </summary>
public class FuzzTests
{
    private const int Rounds = 300;

    private static readonly ImportOptions s_options = new()
    {
        Me = ["me@x.example"],
        Zone = NodaTime.DateTimeZone.Utc,
        AtMs = 1_767_225_600_000,
        Kind = InteractionKind.Meeting,
        Tentative = true,
        Lists = true,
    };

    public static readonly TheoryData<string, string, string> Bases = new()
    {
        { "mbox", "in.mbox",
            "From a@x.example Mon Mar  2 09:15:00 2026\nMessage-ID: <1@x>\nDate: Mon, 2 Mar 2026 09:15:00 +0000\nFrom: "
            + "=?utf-8?q?Zo=C3=AB?= <a@x.example>\nTo: b@x.example,\n \"C, D\" <c@x.example>\nCc: g: d@x.example;\nReferences: <0@x> "
            + "<2@x>\nContent-Length: 6\n\nhello\n\nFrom - Tue Mar  3 09:15:00 2026\nFrom: b@x.example\nTo: a@x.example\nIn-Reply-To: "
            + "<1@x>\nList-Id: L <l.x.example>\n\n>From here\n" },
        { "ics", "in.ics", "BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:Own\nBEGIN:STANDARD\nDTSTART:16010101T030000\nTZOFFSETTO:+0100\n"
            + "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\nEND:STANDARD\nEND:VTIMEZONE\nBEGIN:VEVENT\nUID:1\n"
            + "DTSTART;TZID=Own:20260302T090000\nDURATION:PT1H\nRRULE:FREQ=MONTHLY;BYDAY=2MO,-1FR;COUNT=9;INTERVAL=2\n"
            + "EXDATE;TZID=Own:20260309T090000\nRDATE:20260310T090000Z\nORGANIZER;CN=A:mailto:a@x.example\n"
            + "ATTENDEE;PARTSTAT=ACCEPTED;CN=\"B;b\":mailto:b@x.example\nEND:VEVENT\nBEGIN:VEVENT\nUID:1\n"
            + "RECURRENCE-ID;TZID=Own:20260309T090000\nDTSTART:20260310T090000Z\nATTENDEE;PARTSTAT=ACCEPTED:mailto:b@x.example\n"
            + "END:VEVENT\nEND:VCALENDAR\n" },
        { "vcard", "in.vcf",
            "BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:N=FA=F1ez;Ana=\n=20B;;;\n"
                + "EMAIL;PREF;INTERNET:ana@x.example\nTEL;CELL:+1 (555) 010-0\nPHOTO;ENCODING=BASE64:/9j/\n 4AAQ\nEND:VCARD\nBEGIN:VCARD\n"
                + "VERSION:4.0\nKIND:group\nFN:G\nMEMBER:mailto:ana@x.example\nEND:VCARD\n" },
        { "linkedin", "Connections.csv",
            "Notes:\n\"x\"\n\nFirst Name,Last Name,URL,Email Address,Company,Position,Connected "
            + "On\nJ,F,https://www.linkedin.com/in/j-f,j@x.example,\"A, Inc.\",H,12 Mar 2024\n" },
        { "whatsapp", "c.txt",
            "\u200e[07.03.26, 21:22:39] Jonas: hi\nmore\n[13.03.26, 08:01:00] ~ Li: thanks!\n3/10/26, 9:29\u202fPM - Mara: x\n" },
        { "telegram", "r.json",
            "{\"name\":\"J\",\"type\":\"private_group\",\"id\":4,\"messages\":[{\"id\":1,\"type\":\"message\","
                + "\"date_unixtime\":\"1772918559\",\"from\":\"A\",\"from_id\":\"user1\",\"text\":[\"x\",{\"type\":\"link\"}]},{\"id\":2,"
                + "\"date_unixtime\":\"1772918560\",\"from\":\"B\",\"from_id\":\"user2\",\"reply_to_message_id\":1}]}" },
        { "github", "e.json",
            "{\"action\":\"created\",\"issue\":{\"node_id\":\"I\",\"user\":{\"login\":\"a\"}},\"comment\":{\"node_id\":\"C\","
                + "\"created_at\":\"2026-03-01T10:00:00Z\",\"user\":{\"login\":\"b\"},\"body\":\"@c x\"},"
                + "\"repository\":{\"full_name\":\"o/r\",\"html_url\":\"https://github.com/o/r\"}}" },
        { "graph", "g.gexf",
            "<gexf><graph><attributes class=\"edge\"><attribute id=\"0\" title=\"at\"/></attributes><nodes><node id=\"1\" "
            + "label=\"A\"/></nodes><edges><edge source=\"1\" target=\"2\"><attvalues><attvalue for=\"0\" "
            + "value=\"2026-01-01\"/></attvalues></edge></edges></graph></gexf>" },
        { "graph", "g.gml", "graph [ directed 1 node [ id 1 label \"A &amp; B\" ] node [ id 2 ] edge [ source 1 target 2 value 3 ] ]" },
        { "graph", "g.net", "*Vertices 2\n1 \"Ann\"\n2 \"Bob\"\n*Arcs\n1 2 1\n*Edgeslist\n1 2 2\n" },
        { "crm-csv", "h.csv",
            "Engagement ID,Activity type,Activity date,Activity assigned to,Contact email,Direction,Outcome,Call duration "
            + "(ms)\n101,Call,2026-03-07 09:00,m@x.example,j@x.example;k@x.example,INBOUND,Connected,90000\n" },
        { "calls-csv", "c.csv", "Call type,Date,Duration,Number,Name\nMissed,07/03/2026 09:00:00,0:01:35,+49 (0)170 1,Ann\n" },
        { "contacts-csv", "c.csv",
            "First Name,Last Name,Labels,E-mail 1 - Value,Phone 1 - Value\nAnn,Lee,* myContacts ::: Choir,a@x.example ::: b@x.example,+1 "
            + "555 0100\n" },
        { "people-csv", "p.csv", "id,name,organisation,tags\nann@x.example,Ann,Acme,a;b\\;c\n" },
        { "csv", "i.csv", "sep=;\nDatum;Absender;An;Art\n\"13.03.26 8:01 PM\";Ann <a@x.example>;b@x.example, "
            + "c@x.example;E-Mail\n46327.5;a@x.example;b@x.example;Anruf\n" },
        { "ndjson", "i.ndjson",
            "{\"at\":\"2026-11-01T10:00:00Z\",\"from\":\"a@x\",\"to\":[\"b@x\"],\"kind\":\"message\"}\n{\"at\":1,\"from\":\"a\"}\n" },
        { "eml", "m.eml", "From: a@x.example\r\nTo: b@x.example\r\nDate: Mon, 2 Mar 2026 09:15:00 +0000\r\nSubject: "
            + "=?x?q?y?=\r\n\r\nbody\r\n" },
    };

    [Theory]
    [MemberData(nameof(Bases))]
    public void Broken_files_neither_crash_nor_hang(string format, string name, string text)
    {
        var random = new Random(20261201);
        var original = Encoding.UTF8.GetBytes(text);
        for (var round = 0; round < Rounds; round++)
        {
            var mutated = Mutated(original, random);
            var began = Stopwatch.GetTimestamp();

            Should.NotThrow(() => Importing.Bytes(name, mutated, s_options, format), $"round {round}: {Convert.ToBase64String(mutated)}");

            Stopwatch.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(5), $"round {round}");
        }
    }

    [Theory]
    [MemberData(nameof(Bases))]
    public void Unbroken_files_of_the_fuzz_give_something(string format, string name, string text)
    {
        var imported = Importing.Text(name, text, s_options, format);

        (imported.Interactions.Count + imported.Profiles.Count).ShouldBeGreaterThan(0, string.Join("; ", imported.Rejected));
    }

    [Theory]
    [MemberData(nameof(Bases))]
    public void Any_bytes_under_any_format_end(string format, string name, string text)
    {
        var random = new Random(text.Length);
        for (var round = 0; round < 30; round++)
        {
            var bytes = new byte[random.Next(2000)];
            random.NextBytes(bytes);
            Should.NotThrow(() => Importing.Bytes(name, bytes, s_options, format));
            using var source = ImportSource.FromBytes(name, (name, bytes));
            Should.NotThrow(() => ImportPlan.Recognise(source, null));
        }
    }

    /// <summary>Some bytes flipped, cut out, repeated, or replaced by what formats trip over.</summary>
    private static byte[] Mutated(byte[] original, Random random)
    {
        string[] snares = ["\n", "\r\n", "\"", ";", ":", ",", "\0", "=", "99999999999999999999", "-1", "\uFEFF", "<", "[", "{", "%", "\\",
            "FREQ=SECONDLY", "From ", "BEGIN:", "END:", "\u202E", "é"];
        var bytes = original.ToList();
        for (var change = random.Next(1, 6); change > 0 && bytes.Count > 0; change--)
        {
            var at = random.Next(bytes.Count);
            var length = Math.Min(bytes.Count - at, random.Next(1, 40));
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, length);
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                case 3:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(snares[random.Next(snares.Length)]));
                    break;
                default:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }
        return [.. bytes];
    }
}
