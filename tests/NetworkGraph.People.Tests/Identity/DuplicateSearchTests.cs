using NetworkGraph.People.Identity;

namespace NetworkGraph.People.Tests.Identity;

public sealed class DuplicateSearchTests
{
    [Theory]
    [InlineData("ann.lee+news@gmail.com", null, "annlee@googlemail.com", null, DuplicateRule.SameMailbox)]
    [InlineData("ann+shop@work.example", null, "ann@work.example", null, DuplicateRule.SameMailbox)]
    [InlineData("a@x.example", "Zoë Ann Müller", "b@y.example", "Muller, Zoe Ann", DuplicateRule.SameLongName)]
    [InlineData("a@x.example", "Dr. José Núñez", "b@y.example", "nunez jose", DuplicateRule.SameName)]
    [InlineData("12345+robinechuca@users.noreply.github.com", "robinechuca", "raisin@mail.example", "robinechuca", DuplicateRule.SharedHandle)]
    [InlineData("gum3ng@x.example", "gum3ng", "7+gum3ng@users.noreply.github.com", null, DuplicateRule.SharedHandle)]
    [InlineData("hpa@x.example", null, "hpa@y.example", "H. Peter Anvin", DuplicateRule.SharedHandle)]
    [InlineData("cedrictravelletti@x.example", null, "ct@y.example", "Cédric Travelletti", DuplicateRule.SpeltName)]
    [InlineData("nathan@ubuntu.(none)", "Nathan", "n.f@y.example", "Nathan Alison", DuplicateRule.LoneName)]
    public void Two_ids_are_suggested_by_the_surest_rule(string one, string? name, string other, string? otherName, DuplicateRule rule) =>
        Links((one, name), (other, otherName)).ShouldHaveSingleItem().Rule.ShouldBe(rule);

    [Theory]
    [InlineData("sthorat@x.example", "Zedmat", "h@y.example", "Sam Thorat")]
    [InlineData("tom@x.example", null, "tom@y.example", null)]
    [InlineData("mistersheik@x.example", "Neil", "n@y.example", "Neil Armstrong")]
    [InlineData("a@x.example", "Neil", "b@y.example", "Neil")]
    [InlineData("info@x.example", null, "info@y.example", null)]
    [InlineData("1234@x.example", null, "1234@y.example", null)]
    public void Two_ids_that_say_nothing_of_each_other_are_not_suggested(string one, string? name, string other, string? otherName) =>
        Links((one, name), (other, otherName)).ShouldBeEmpty();

    [Fact]
    public void A_handle_that_several_people_go_by_is_no_evidence() =>
        Links(("smithers@x.example", "John Smithers"), ("smithers@y.example", "Mary Smithers"), ("smithers@z.example", null))
            .ShouldAllBe(static link => link.Rule >= DuplicateRule.HandleAndName);

    [Fact]
    public void A_name_that_hardly_ever_stood_on_an_addresses_mail_is_passed_over()
    {
        var candidate = DuplicateCandidate.Seen("a@x.example", [("Ann Lee", 99), ("Bob Ray", 1), ("annl", 1)]);
        candidate.Names.ShouldBe(["Ann Lee", "annl"]);
    }

    private static IReadOnlyList<DuplicateLink> Links(params (string Id, string? Name)[] ids) => DuplicateSearch.Find(
        [.. ids.Select(static id => new DuplicateCandidate(id.Id, id.Name is null ? [] : [id.Name]))], TestContext.Current.CancellationToken);
}
