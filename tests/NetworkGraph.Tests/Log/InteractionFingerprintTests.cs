using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using NetworkGraph.Conformance.Log;
using NetworkGraph.Interactions;
using NetworkGraph.Log;

namespace NetworkGraph.Tests.Log;

public class InteractionFingerprintTests
{
    [Fact]
    public void It_stays_as_it_is()
    {
        // Stored in users' files: this may never fail.
        InteractionFingerprint.Of(SampleRecords.Between("one", "ann", "ben", "eve 🦊")).ShouldBe(new InteractionFingerprint(9276078456792388214, 2160777950));
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
        InteractionFingerprint.Of(SampleRecords.Numbered(1, id)).IdHash
            .ShouldBe(BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(id))));
    }

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
            With(channel: "ab", venue: null), With(channel: null, venue: "ab"), With(channel: "a", venue: "b"), With(channel: "", venue: "ab"),
            With(inReplyTo: "ab"), With(about: "ab"), With(to: ["a", "b"]), With(to: ["b", "a"]), With(to: ["ab"]), With(to: ["a", "", "b"]),
        ];
        all.Select(one => InteractionFingerprint.Of(one).ContentHash).Distinct().Count().ShouldBe(all.Length);
    }

    [Fact]
    public void Large_interactions_have_one()
    {
        var large = With(to: [.. Enumerable.Range(0, 1000).Select(n => string.Concat(Enumerable.Repeat("🙂", 64)) + n)]);
        InteractionFingerprint.Of(large, out var sizeBytes).ShouldBe(InteractionFingerprint.Of(large));
        sizeBytes.ShouldBeGreaterThan(256_000);
    }

    private static Interaction With(string? channel = null, string? venue = null, string? inReplyTo = null, string? about = null, params string[] to) => new()
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
