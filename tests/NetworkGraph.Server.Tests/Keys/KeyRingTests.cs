using Microsoft.Extensions.Logging.Abstractions;
using NetworkGraph.People.Boundaries;
using NetworkGraph.Server.Host.Options;
using NetworkGraph.Server.Keys;

namespace NetworkGraph.Server.Tests.Keys;

public sealed class KeyRingTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("networkgraph-keys-");
    private readonly MovedClock _clock = new();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Without_a_key_file_no_keys_are_asked_for()
    {
        var ring = Ring();
        ring.IsOn.ShouldBeFalse();
        ring.ViewerOf("anything").ShouldBeNull();
    }

    [Fact]
    public void A_key_is_good_for_what_it_says_and_only_as_it_was_given()
    {
        var key = KeyedServer.AddKey(_folder.FullName, "person:ann@example.org");
        var other = KeyedServer.AddKey(_folder.FullName, "analyst");
        var ring = Ring();

        ring.IsOn.ShouldBeTrue();
        (ring.ViewerOf(key).ShouldNotBeNull() with { KeyId = null }).ShouldBe(new Viewer(Scopes.None, "ann@example.org"));
        (ring.ViewerOf(other).ShouldNotBeNull() with { KeyId = null }).ShouldBe(new Viewer(Scopes.Analyst));
        for (var at = 0; at < key.Length; at++)
            ring.ViewerOf(key[..at] + (key[at] == 'a' ? 'b' : 'a') + key[(at + 1)..]).ShouldBeNull($"changed at {at}");
        foreach (var wrong in new[] { "", key[..^1], key + "a", other[..16]
            + key[16..], key.ToUpperInvariant(), new string('é', key.Length) }) ring.ViewerOf(wrong).ShouldBeNull(wrong);
    }

    [Fact]
    public void The_file_holds_no_key_and_is_for_its_owner_alone()
    {
        var key = KeyedServer.AddKey(_folder.FullName, "admin");
        var text = File.ReadAllText(KeyFile.PathIn(_folder.FullName));
        text.ShouldNotContain(key);
        text.ShouldNotContain(key[^43..]);
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(KeyFile.PathIn(_folder.FullName)).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void What_changes_in_the_file_counts_after_a_second_at_the_latest()
    {
        var ring = Ring();
        var key = KeyedServer.AddKey(_folder.FullName, "safety");
        ring.IsOn.ShouldBeFalse();

        _clock.Advance(TimeSpan.FromSeconds(1));
        ring.IsOn.ShouldBeTrue();
        (ring.ViewerOf(key).ShouldNotBeNull() with { KeyId = null }).ShouldBe(new Viewer(Scopes.Safety));

        KeyFile.Change(_folder.FullName, _ => []);
        _clock.Advance(TimeSpan.FromSeconds(1));
        ring.ViewerOf(key).ShouldBeNull();
        ring.IsOn.ShouldBeTrue("that all keys are revoked lets nobody in");
    }

    [Fact]
    public void A_key_that_has_ended_is_not_good()
    {
        var key = KeyedServer.AddKey(_folder.FullName, "analyst", _clock.GetUtcNow().AddSeconds(10).ToUnixTimeMilliseconds());
        var ring = Ring();
        ring.ViewerOf(key).ShouldNotBeNull();
        _clock.Advance(TimeSpan.FromSeconds(10));
        ring.ViewerOf(key).ShouldBeNull();
    }

    [Fact]
    public void A_removed_or_damaged_file_opens_no_door()
    {
        var key = KeyedServer.AddKey(_folder.FullName, "analyst");
        var ring = Ring();

        File.WriteAllText(KeyFile.PathIn(_folder.FullName), "{ half of");
        _clock.Advance(TimeSpan.FromSeconds(2));
        ring.ViewerOf(key).ShouldNotBeNull("what was known stays known");
        ring.IsOn.ShouldBeTrue();
        Ring().IsOn.ShouldBeTrue("a server that starts with it lets nobody in");
        Ring().ViewerOf(key).ShouldBeNull();

        File.Delete(KeyFile.PathIn(_folder.FullName));
        _clock.Advance(TimeSpan.FromSeconds(2));
        ring.IsOn.ShouldBeTrue();
        ring.ViewerOf(key).ShouldBeNull();
    }

    [Theory]
    [InlineData("", "cannot be read")]
    [InlineData("null", "of version")]
    [InlineData("""{"version":2,"keys":[]}""", "of version 2")]
    [InlineData(
        """{"version":1,"keys":[{"id":"a","name":"n","scopes":["loud"],"sha256":"","created":"2026-01-01T00:00:00Z","expires":null}]}""",
        "'loud' is not a scope")]
    [InlineData(
        """{"version":1,"keys":[{"id":"a","name":"n","scopes":["admin"],"sha256":"12","created":"2026-01-01T00:00:00Z","expires":null}]}""",
        "sha256 is not a hash")]
    [InlineData(
        """{"version":1,"keys":[{"id":"a","name":"n","sha256":"12","created":"2026-01-01T00:00:00Z","expires":null}]}""", "cannot be read")]
    public void A_file_that_is_not_what_was_written_is_named_and_nothing_starts(string text, string reason)
    {
        File.WriteAllText(KeyFile.PathIn(_folder.FullName), text);
        var message = Should.Throw<KeyFileException>(() => KeyFile.Read(_folder.FullName)).Message;
        message.ShouldContain(reason);
        message.ShouldContain(KeyFile.PathIn(_folder.FullName));
        Should.Throw<KeyFileException>(() => KeyFile.Change(_folder.FullName, keys => keys));
    }

    [Fact]
    public async Task Many_at_once_each_add_their_key_or_say_that_they_did_not()
    {
        var added = await Task.WhenAll(Enumerable.Range(0, 16).Select(n => Task.Run(() =>
        {
            try
            {
                return KeyedServer.AddKey(_folder.FullName, $"person:p{n}");
            }
            catch (KeyFileException busy)
            {
                busy.Message.ShouldContain("Try again");
                return null;
            }
        })));
        KeyFile.Read(_folder.FullName)!.Count.ShouldBe(added.Count(key => key is not null));
        var ring = Ring();
        foreach (var key in added.OfType<string>()) ring.ViewerOf(key).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("ingest")]
    [InlineData("person:ann@example.org")]
    [InlineData("person:a:b c,d", "admin")]
    [InlineData("safety", "analyst", "ingest", "person:x")]
    public void Scopes_are_read_as_they_are_written(params string[] names)
    {
        var (key, _) = ApiKey.Create("n", ApiKey.ReadScopes(names, out _).ShouldNotBeNull(), 0, null);
        key.ScopeNames.ShouldBe(names, ignoreOrder: true);
    }

    [Theory]
    [InlineData("needs at least one")]
    [InlineData("'Admin' is not a scope", "Admin")]
    [InlineData("'person' is not a scope", "admin", "person")]
    [InlineData("must not be empty", "person:")]
    [InlineData("one person at most", "person:a", "person:b")]
    public void Unknown_scopes_are_named(string reason, params string[] names)
    {
        ApiKey.ReadScopes(names, out var said).ShouldBeNull();
        said.ShouldContain(reason);
    }

    private KeyRing Ring() => new(_folder.FullName, areRequired: false, _clock, NullLogger<KeyRing>.Instance);

    private sealed class MovedClock : TimeProvider
    {
        private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Advance(TimeSpan by) => _now += by;

        public override DateTimeOffset GetUtcNow() => _now;

        public override long GetTimestamp() => _now.Ticks;
    }
}
