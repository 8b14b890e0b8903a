using System.Text;
using System.Text.Json;
using NetworkGraph.Events.Records;

namespace NetworkGraph.People.Tests;

public class ProfileJsonTests
{
    [Fact]
    public void A_profile_written_reads_back_the_same()
    {
        var profile = new Profile
        {
            Id = "ann@example.org",
            Name = "Ann \"A\" Øre",
            Organisation = "Acme",
            Role = "buyer",
            Industry = "steel",
            Offers = ["advice", "tools"],
            Audience = ["founders"],
            Tags = ["a", "b"],
            OpenToIntroductions = false,
        };
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json)) ProfileJson.Write(writer, profile);

        ProfileJson.Parse(json.ToArray()).Profile.ShouldBeEquivalentTo(profile);
    }

    [Theory]
    [InlineData("""{"name":"Ann"}""", "id", "required")]
    [InlineData("""{"id":""}""", "id", "empty")]
    [InlineData("""{"id":7}""", "id", "string")]
    [InlineData("""{"id":"a","name":""}""", "name", "empty")]
    [InlineData("""{"id":"a","name":["x"]}""", "name", "string, not an array")]
    [InlineData("""{"id":"a","offers":"x"}""", "offers", "array of strings")]
    [InlineData("""{"id":"a","tags":["x",{}]}""", "tags", "string, not an object")]
    [InlineData("""{"id":"a","tags":["\u0007"]}""", "tags", "control")]
    [InlineData("""{"id":"a","openToIntroductions":"no"}""", "openToIntroductions", "true or false")]
    [InlineData("""{"id":"a","phone":"1"}""", "phone", "not a field")]
    [InlineData("""{"id":"a","id":"b"}""", "id", "twice")]
    [InlineData("""{"id":"a\ud800"}""", "id", "surrogate")]
    [InlineData("""{"id":"a","role":"x""", "role", "cut off")]
    [InlineData("""{"id":"a"} x""", "line", "more after")]
    [InlineData("""["a"]""", "line", "not an array")]
    [InlineData("""{"id":"a",}""", "id", "not valid JSON")]
    public void What_is_wrong_is_named(string json, string field, string words)
    {
        var read = ProfileJson.Parse(Encoding.UTF8.GetBytes(json));

        read.Profile.ShouldBeNull();
        read.Rejection!.Value.Field.ShouldBe(field);
        read.Rejection.Value.Reason.ShouldContain(words);
    }

    [Fact]
    public void Too_much_text_and_too_many_entries_are_refused()
    {
        Refused(new Profile { Id = "a", Name = new string('n', 201) }).ShouldBe("name");
        Refused(new Profile { Id = "a", Industry = new string('n', 201) }).ShouldBe("industry");
        Refused(new Profile { Id = "a", Audience = [new string('n', 101)] }).ShouldBe("audience");
        Refused(new Profile { Id = "a", Offers = [.. Enumerable.Repeat("x", 51)] }).ShouldBe("offers");
        Refused(new Profile { Id = "a", Offers = [.. Enumerable.Repeat("x", 50)], Name = new string('n', 200) }).ShouldBeNull();
    }

    [Fact]
    public void The_id_may_come_from_the_path_and_must_then_agree()
    {
        ProfileJson.Parse("""{"name":"Ann"}"""u8, "ann").Profile!.Id.ShouldBe("ann");
        ProfileJson.Parse("""{"id":"ann"}"""u8, "ann").Profile!.Id.ShouldBe("ann");
        ProfileJson.Parse("""{"id":"bob"}"""u8, "ann").Rejection!.Value.Field.ShouldBe("id");
    }

    private static string? Refused(Profile profile) => ProfileRules.FirstBroken(profile)?.Field;
}
