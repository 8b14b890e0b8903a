using System.Net;
using System.Net.Sockets;
using NetworkGraph.Analytics.Nudges;
using NetworkGraph.Server.Digests;
using NetworkGraph.Server.Verbs;

namespace NetworkGraph.Server.Tests.Digests;

public sealed class DigestTests
{
    private static readonly DateTimeOffset s_day = DayClock.Fixed.GetUtcNow();

    [Fact]
    public void A_digest_has_at_most_seven_open_actions_worth_most_first_in_both_forms()
    {
        var digest = Digest.Of([.. Enumerable.Range(0, 20).Select(i => Nudge($"p{i}", 0.9 - i * 0.01)), Nudge("done", 0.95, "done")],
            "Ann", s_day).ShouldNotBeNull();
        digest.Text.Split('\n').Count(line => line.StartsWith("* ", StringComparison.Ordinal)).ShouldBe(7);
        digest.Html.Split("<li>").Length.ShouldBe(8);
        digest.Text.ShouldContain("* p0: Write to p0.");
        digest.Text.ShouldNotContain("done");
    }

    [Fact]
    public void A_quiet_week_has_no_digest()
    {
        Digest.Of([], "Ann", s_day).ShouldBeNull();
        Digest.Of([Nudge("p", Digest.MinWorth - 0.01), Nudge("q", 0.9, "dismissed")], "Ann", s_day).ShouldBeNull();
    }

    [Fact]
    public void A_hostile_name_stays_text_in_html()
    {
        var digest = Digest.Of([Nudge("<script>alert(1)</script>", 0.9)], "<b>Ann", s_day).ShouldNotBeNull();
        digest.Html.ShouldNotContain("<script>");
        digest.Html.ShouldNotContain("<b>Ann");
    }

    [Fact]
    public async Task A_digest_is_sent_by_smtp_with_both_forms()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var received = ReceiveAsync(listener);
        var mail = DigestVerb.Mail(Digest.Of([Nudge("bob@example.org", 0.9)], "Ann", s_day)!, "graph@example.org", "ann@example.org");
        await DigestVerb.SendAsync($"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}", mail, TestContext.Current.CancellationToken);
        var text = await received;
        text.ShouldContain("multipart/alternative");
        text.ShouldContain("text/html");
        text.ShouldContain("To: ann@example.org");
    }

    private static Nudge Nudge(string person, double worth, string state = "open") => new()
    {
        Action = "contact",
        Person = person,
        Worth = worth,
        Rule = "tie-cooling",
        Reason = $"Write to {person}.",
        State = state,
        Evidence = new NudgeEvidence { Parts = new Dictionary<string, double>() },
    };

    /// <summary>Just enough of an SMTP server.</summary>
    private static async Task<string> ReceiveAsync(TcpListener listener)
    {
        var stop = TestContext.Current.CancellationToken;
        using var client = await listener.AcceptTcpClientAsync(stop);
        using var reader = new StreamReader(client.GetStream());
        await using var writer = new StreamWriter(client.GetStream()) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 here");
        var message = new List<string>();
        while (await reader.ReadLineAsync(stop) is { } line)
        {
            if (line == "QUIT") break;
            await writer.WriteLineAsync(line == "DATA" ? "354 go on" : "250 ok");
            if (line != "DATA") continue;
            while (await reader.ReadLineAsync(stop) is { } content && content != ".") message.Add(content);
            await writer.WriteLineAsync("250 kept");
        }
        await writer.WriteLineAsync("221 bye");
        return string.Join('\n', message);
    }
}
