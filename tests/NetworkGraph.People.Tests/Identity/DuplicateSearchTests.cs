using NetworkGraph.People.Identity;

namespace NetworkGraph.People.Tests.Identity;

public sealed class DuplicateSearchTests
{
    [Theory]
    [InlineData("ann.lee+news@gmail.com", null, "annlee@googlemail.com", null, DuplicateRule.SameMailbox)]
    [InlineData("ann+shop@work.example", null, "ann@work.example", null, DuplicateRule.SameMailbox)]
    [InlineData("a@x.example", "Zoë Ann Müller", "b@y.example", "Muller, Zoe Ann", DuplicateRule.SameLongName)]
    [InlineData("a@x.example", "Dr. José Núñez", "b@y.example", "nunez jose", DuplicateRule.SameName)]
    [InlineData("12345+robinechuca@users.noreply.github.com", "robinechuca", "raisin@mail.example", "robinechuca",
        DuplicateRule.SharedHandle)]
    [InlineData("gum3ng@x.example", "gum3ng", "7+gum3ng@users.noreply.github.com", null, DuplicateRule.SharedHandle)]
    [InlineData("hpa@x.example", null, "hpa@y.example", "H. Peter Anvin", DuplicateRule.SharedHandle)]
    [InlineData("cedrictravelletti@x.example", null, "ct@y.example", "Cédric Travelletti", DuplicateRule.SpeltName)]
    [InlineData("nathan@ubuntu.(none)", "Nathan", "n.f@y.example", "Nathan Alison", DuplicateRule.LoneName)]
    [InlineData("a@x.example", "Hao Shu Wei", "b@y.example", "Shuwei Hao", DuplicateRule.SameName)]
    [InlineData("a@x.example", "Uwe Müller", "b@y.example", "Mueller, Uwe", DuplicateRule.SameName)]
    [InlineData("ann.lee@x.example", "Ann", "b@y.example", "Ann Lee", DuplicateRule.SameName)]
    [InlineData("orielmalihi1@x.example", "oriel", "7+orielmalihi@users.noreply.github.com", null, DuplicateRule.SharedHandle)]
    [InlineData("mmaaz-git@x.example", "Maaz", "b@y.example", "Muhammad Maaz", DuplicateRule.SpeltName)]
    [InlineData("jessfraz@x.example", "Jess Frazelle", "jessfraz@y.example", "Jessica Frazelle", DuplicateRule.HandleAndName)]
    [InlineData("a@x.example", "Dale R. Worley", "b@y.example", "Dale Worley", DuplicateRule.MiddleName)]
    [InlineData("a@x.example", "Bob Worley", "b@y.example", "Robert Worley", DuplicateRule.NicknameOrInitial)]
    [InlineData("a@x.example", "Krasi Georgiev", "b@y.example", "Krasimir Georgiev", DuplicateRule.NicknameOrInitial)]
    [InlineData("rworley@x.example", "Rob Worley", "b@y.example", "Robert James Worley", DuplicateRule.NicknameOrInitial)]
    [InlineData("a@x.example", "J. Worley", "b@y.example", "Jane Worley", DuplicateRule.NicknameOrInitial)]
    [InlineData("amankumar@x.example", "Aman Kumar", "b@y.example", "Aman Kumar Shukla", DuplicateRule.SpeltAndName)]
    public void Two_ids_are_suggested_by_the_surest_rule(string one, string? name, string other, string? otherName, DuplicateRule rule) =>
        Links((one, name), (other, otherName)).ShouldHaveSingleItem().Rule.ShouldBe(rule);

    [Theory]
    [InlineData("sthorat@x.example", "Zedmat", "h@y.example", "Sam Thorat")]
    [InlineData("tom@x.example", null, "tom@y.example", null)]
    [InlineData("mistersheik@x.example", "Neil", "n@y.example", "Neil Armstrong")]
    [InlineData("a@x.example", "Neil", "b@y.example", "Neil")]
    [InlineData("info@x.example", null, "info@y.example", null)]
    [InlineData("1234@x.example", null, "1234@y.example", null)]
    [InlineData("a@x.example", "James Y. Knight", "b@y.example", "James D. Knight")]
    [InlineData("james.d.knight@x.example", "James Knight", "b@y.example", "James Y. Knight")]
    [InlineData("a@x.example", "H. Merijn Brand", "b@y.example", "Horst von Brand")]
    [InlineData("list@x.example", "Ann Lee via the list", "b@y.example", "Ann Lee")]
    [InlineData("lukas.zorich@x.example", "Lukas", "lukas.molleman@y.example", "Lukas")]
    public void Two_ids_that_say_nothing_of_each_other_are_not_suggested(string one, string? name, string other, string? otherName) =>
        Links((one, name), (other, otherName)).ShouldBeEmpty();

    [Fact]
    public void A_handle_that_several_people_go_by_is_no_evidence() =>
        Links(("smithers@x.example", "John Smithers"), ("smithers@y.example", "Mary Smithers"), ("smithers@z.example", null))
            .ShouldAllBe(static link => link.Rule >= DuplicateRule.HandleAndName);

    [Fact]
    public void A_last_name_that_many_bear_makes_no_variants()
    {
        (string, string?)[] smiths = [
            ("a@x.example", "Mike Smith"), ("b@x.example", "Michael Smith"), ("c@x.example", "Ann Smith"), ("d@x.example", "Zoe Smith")];
        Links(smiths).ShouldBeEmpty();
        Links(smiths[..3]).ShouldHaveSingleItem().Rule.ShouldBe(DuplicateRule.NicknameOrInitial);
    }

    [Fact]
    public void Where_two_middle_names_are_known_the_one_left_out_is_open() =>
        Links(("a@x.example", "James Knight"), ("b@x.example", "James Y. Knight"), ("c@x.example", "James D. Knight")).ShouldBeEmpty();

    [Fact]
    public void An_address_that_changed_its_last_name_is_found_under_both()
    {
        DuplicateCandidate[] ids = [
            new("u@x.example", ["Uwe Zeisberger", "Uwe Kleine"]), new("k@y.example", ["Uwe Kleine"]),
            new("z@z.example", ["Uwe Zeisberger"])];
        var links = DuplicateSearch.Find(ids, TestContext.Current.CancellationToken);
        links.ShouldAllBe(static link => link.Rule == DuplicateRule.SameName);
        DuplicateSearch.Cluster(ids[..2], [.. links.Where(static link => link.Other < 2)]).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public void Clusters_under_names_that_do_not_go_together_stay_apart()
    {
        DuplicateCandidate[] ids = [new("alee@x.example", ["Ann Lee"]), new("alee@y.example", []), new("b@z.example", ["Abe Lee"])];
        DuplicateLink[] links = [new(0, 1, DuplicateRule.SharedHandle, ""), new(1, 2, DuplicateRule.SharedHandle, "")];
        var clusters = DuplicateSearch.Cluster(ids, links);
        clusters[1].ShouldBe(clusters[0]);
        clusters[2].ShouldNotBe(clusters[0]);
    }

    [Fact]
    public void Every_rule_has_a_name_of_its_own_and_a_probability()
    {
        var rules = Enum.GetValues<DuplicateRule>();
        rules.Select(static rule => rule.WireName()).ShouldBe(DuplicateRules.Names);
        rules.Select(static rule => rule.Probability(default)).ShouldBeInOrder(SortDirection.Descending);
    }

    [Fact]
    public void A_name_that_hardly_ever_stood_on_an_addresses_mail_is_passed_over()
    {
        var candidate = DuplicateCandidate.Seen("a@x.example", [("Ann Lee", 99), ("Bob Ray", 1), ("annl", 1)]);
        candidate.Names.ShouldBe(["Ann Lee", "annl"]);
    }

    private static IReadOnlyList<DuplicateLink> Links(params (string Id, string? Name)[] ids) => DuplicateSearch.Find(
        [.. ids.Select(static id => new DuplicateCandidate(id.Id, id.Name is null ? [] : [id.Name]))],
            TestContext.Current.CancellationToken);
}
