using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using NetworkGraph.Conformance.Log;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;

namespace NetworkGraph.Events.Tests.Log;

public class InteractionFingerprintTests
{
    [Fact]
    public void It_stays_as_it_is()
    {
        // Stored in users' files: this may never fail.
        InteractionFingerprint.Of(SampleRecords.Between("one", "ann", "ben", "eve 🦊")).ShouldBe(
            new InteractionFingerprint(9276078456792388214, 2160777950));
        InteractionFingerprint.Of(SampleRecords.Numbered(7)).ShouldBe(new InteractionFingerprint(4716271546964713983, 1747070060));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(55)]
    [InlineData(56)]
    [InlineData(64)]
    [InlineData(128)]
    public void The_id_hash_is_the_start_of_the_sha_256_of_the_id(int length)
    {
        var id = new string('é', length);
        InteractionFingerprint.Of(SampleRecords.Numbered(1, id)).IdHash.ShouldBe(IdHash(id));
    }

    [Fact]
    public void Many_at_once_are_as_one_by_one()
    {
        var random = new Random(5);
        LogRecord[] records = [.. Enumerable.Range(0, 2000).Select(number => (number % 50) switch
        {
            48 => SampleRecords.ProfileOf("a"),
            49 => new Tombstone(),
            // Of every length in blocks, up to more than are hashed side by side.
            _ => (LogRecord)SampleRecords.Numbered(number, Text(random, 1, 700), Text(random, 0, 700)),
        })];
        for (var count = 0; count <= records.Length; count += 1 + count / 2)
        {
            var fingerprints = new InteractionFingerprint[count];
            InteractionFingerprint.Of(records.AsSpan(0, count), fingerprints);
            for (var i = 0; i < count; i++) fingerprints[i].ShouldBe(Expected(records[i]));
        }
    }

    private static InteractionFingerprint Expected(LogRecord record) => record switch
    {
        Interaction interaction => new(IdHash(interaction.Id), InteractionFingerprint.Of(interaction).ContentHash),
        _ => InteractionFingerprint.None,
    };

    private static ulong IdHash(string id) => BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(id)));

    private static string Text(Random random, int least, int most) =>
        new(random.GetItems("abcdefghijk éß日".ToCharArray(), random.Next(least, random.Next(2) == 0 ? most : 60)));

    [Fact]
    public void The_id_does_not_change_the_content_hash()
    {
        var one = InteractionFingerprint.Of(SampleRecords.Numbered(1, "a"));
        var other = InteractionFingerprint.Of(SampleRecords.Numbered(1, "b"));
        other.ContentHash.ShouldBe(one.ContentHash);
        other.IdHash.ShouldNotBe(one.IdHash);
    }

    [Fact]
    public void Text_moved_from_one_field_to_the_next_is_other_content()
    {
        Interaction[] all =
        [
            With(channel: "ab", venue: null), With(channel: null, venue: "ab"), With(channel: "a", venue: "b"),
                With(channel: "", venue: "ab"),
            With(inReplyTo: "ab"), With(about: "ab"), With(to: ["a", "b"]), With(to: ["b", "a"]), With(to: ["ab"]),
                With(to: ["a", "", "b"]),
        ];
        all.Select(one => InteractionFingerprint.Of(one).ContentHash).Distinct().Count().ShouldBe(all.Length);
    }

    [Fact]
    public void Large_interactions_have_one()
    {
        var large = With(to: [.. Enumerable.Range(0, 1000).Select(n => string.Concat(Enumerable.Repeat("🙂", 64)) + n)]);
        var fingerprints = new InteractionFingerprint[1];
        InteractionFingerprint.Of([large], fingerprints).ShouldBeGreaterThan(256_000);
        fingerprints[0].IdHash.ShouldBe(IdHash("id"));
    }

    private static Interaction With(
        string? channel = null, string? venue = null, string? inReplyTo = null, string? about = null, params string[] to) => new()
        {
            Id = "id",
            AtMs = 1,
            From = "f",
            To = to,
            Kind = InteractionKind.Message,
            Channel = channel,
            Venue = venue,
            InReplyTo = inReplyTo,
            About = about,
        };
}
