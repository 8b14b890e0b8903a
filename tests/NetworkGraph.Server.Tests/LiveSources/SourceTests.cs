using Microsoft.Extensions.Configuration;
using NetworkGraph.Server.Api.LiveSources;
using NetworkGraph.Server.Host.Options;

namespace NetworkGraph.Server.Tests.LiveSources;

/// <summary>
/// Sources of the configuration: what is in them comes in, how that goes is told, and what is wrong with their settings is said.
/// </summary>
public class SourceTests
{
    [Fact]
    public async Task What_is_put_into_a_watched_folder_comes_in_and_a_source_that_fails_says_why()
    {
        var folder = Directory.CreateTempSubdirectory("networkgraph-");
        await using var server = await RunningServer.StartAsync(options => options with
        {
            Sources = new Dictionary<string, SourceSettings>
            {
                ["inbox"] = new() { Type = "folder", Address = folder.FullName, PollSeconds = 1 },
                ["gone"] = new() { Type = "folder", Address = Path.Combine(folder.FullName, "not-there") },
            },
        });

        await File.WriteAllTextAsync(
            Path.Combine(folder.FullName, "in.csv"), "id,at,from,to,kind\n1,2026-11-01T10:00:00Z,a@x.example,b@x.example,message\n",
            TestContext.Current.CancellationToken);
        await server.UntilAsync("the interaction is there", "/v1/interactions/1", answer => answer.Status == 200);
        await server.UntilAsync(
            "the other one has failed", "/v1/sources", answer =>
            answer.Json.GetProperty("items")[0].GetProperty("state").GetString() == "failing");
        var sources = (await server.GetAsync("/v1/sources")).Json.GetProperty("items").EnumerateArray().ToList();

        sources.Select(source => source.GetProperty("name").GetString()).ShouldBe(["gone", "inbox"]);
        sources[0].GetProperty("lastError").GetString()!.ShouldContain("does not exist");
        sources[0].GetProperty("lastError").GetString()!.ShouldNotContain(folder.FullName);
        sources[1].GetProperty("accepted").GetInt64().ShouldBe(1);
        (await server.GetAsync("/v1/imports/source-inbox")).Json.GetProperty("accepted").GetInt64().ShouldBe(1);
        folder.Delete(recursive: true);
    }

    [Fact]
    public void What_is_wrong_with_the_settings_of_a_source_is_said_by_name()
    {
        var open = Path.GetTempFileName();
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(open, UnixFileMode.UserRead | UnixFileMode.OtherRead);

        new SourceSettings { Type = "ftp" }.Validate("x").ShouldHaveSingleItem().ShouldContain("Sources:x:Type");
        new SourceSettings { Type = "imap", Address = "imaps://mail.example", User = "me", PasswordFile = open }.Validate(
            "x").ShouldHaveSingleItem().ShouldContain("chmod 600");
        new SourceSettings { Type = "caldav", Address = "http://dav.example/", User = "me", PasswordFile = open }.Validate(
            "x").ShouldContain(error => error.Contains("https", StringComparison.Ordinal));
        new SourceSettings { Type = "imap", Address = "imaps://me:secret@mail.example", User = "me", PasswordFile = open }.Validate(
            "x").ShouldAllBe(error => !error.Contains("secret", StringComparison.Ordinal));
        File.Delete(open);
    }

    [Fact]
    public void Sources_are_read_from_the_configuration_under_their_names()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string,
                string?>
                {
                    ["NetworkGraph:Sources:drop:Type"] = "folder",
                    ["NetworkGraph:Sources:drop:Address"] = "/srv/drop",
                    ["NetworkGraph:Sources:drop:Pol"] = "1"
                }).Build();

        var (options, errors) = ServerOptions.Read(configuration);

        options.Sources["drop"].Address.ShouldBe("/srv/drop");
        errors.ShouldContain(error => error.Contains("Sources:drop:Pol", StringComparison.Ordinal));
    }
}
