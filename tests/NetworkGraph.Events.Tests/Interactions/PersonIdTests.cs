using FsCheck;
using FsCheck.Fluent;
using NetworkGraph.Events.Interactions;

namespace NetworkGraph.Events.Tests.Interactions;

public class PersonIdTests
{
    [Theory]
    [InlineData("lee.park@example.org", "lee.park@example.org")]
    [InlineData("Lee.Park@Example.org", "lee.park@example.org")]
    [InlineData("  lee.park@EXAMPLE.ORG\t", "lee.park@example.org")]
    [InlineData("Zoe\u0308@Example.org", "zo\u00EB@example.org")]
    [InlineData("T\u0308@x", "\u1E97@x")]
    [InlineData("\u212A@x", "k@x")]
    [InlineData("@Handle", "@handle")]
    [InlineData("P12", "P12")]
    [InlineData("Ann Lee", "Ann Lee")]
    [InlineData("Ann@home@Work", "Ann@home@Work")]
    [InlineData("team/Ann@Work", "team/Ann@Work")]
    [InlineData("wa:Chat:Ann @ work", "wa:chat:ann @ work")]
    [InlineData("\u1100\u1161\u11A8", "\uAC01")]
    public void Addresses_are_in_lower_case_and_other_ids_keep_theirs(string text, string canonical) => Canonical(text).ShouldBe(canonical);

    [Theory]
    [InlineData("HTTP://Example.COM:80/People/%7eann/", "http://example.com/People/~ann")]
    [InlineData("https://example.com:443", "https://example.com")]
    [InlineData("https://example.com:8443/", "https://example.com:8443")]
    [InlineData("https://example.com/a%2fb%c3%ab?q=A%20b#Top", "https://example.com/a%2Fb%C3%AB?q=A%20b#Top")]
    [InlineData("https://example.com/zo\u00EB", "https://example.com/zo%C3%AB")]
    [InlineData("https://example.com/a/./b/../c//", "https://example.com/a/c")]
    [InlineData("https://example.com/%%341", "https://example.com/%2541")]
    [InlineData("http://%FFA\u0301", "http://%ff\u00E1")]
    [InlineData("http://%ff\u00E1", "http://%ff\u00E1")]
    [InlineData("HTTP://Example.com:80:80/", "HTTP://Example.com:80:80/")]
    [InlineData("http://[::1]:80/", "http://[::1]")]
    [InlineData("http://", "http://")]
    [InlineData("https://www.linkedin.com/in/ann-lee-1", "https://www.linkedin.com/in/ann-lee-1")]
    [InlineData("http://uk.LinkedIn.com/in/Ann-Lee-1/?trk=x#top", "https://www.linkedin.com/in/ann-lee-1")]
    [InlineData("https://linkedin.com/in/Zo%c3%8B", "https://www.linkedin.com/in/zo%C3%AB")]
    [InlineData("https://www.linkedin.com/in/Zo\u00CB/", "https://www.linkedin.com/in/zo%C3%AB")]
    [InlineData("https://www.linkedin.com.example.org/in/Ann", "https://www.linkedin.com.example.org/in/Ann")]
    public void Urls_have_one_spelling(string text, string canonical) => Canonical(text).ShouldBe(canonical);

    [Theory]
    [InlineData("", "must not be empty")]
    [InlineData(" \u00A0\t", "must not be blank")]
    [InlineData("lee park@example.org", "white space inside an address")]
    [InlineData("Lee <lee@example.org>", "white space inside an address")]
    [InlineData("https://example.org/lee park", "white space inside a URL")]
    [InlineData("a\nb", "control character (U+000A) at character 2")]
    [InlineData("x\uFFFE@x", "noncharacter (U+FFFE)")]
    [InlineData("x\uFDD0", "noncharacter (U+FDD0)")]
    [InlineData("x\uD83F\uDFFF", "noncharacter (U+1FFFF)")]
    [InlineData("a\u202Eb", "bidirectional override (U+202E)")]
    [InlineData("a\u2066b", "bidirectional override (U+2066)")]
    [InlineData("\u200Bann", "begins with a zero-width character (U+200B)")]
    [InlineData("ann\uFEFF ", "ends with a zero-width character (U+FEFF)")]
    public void A_refusal_names_its_reason(string text, string reason)
    {
        PersonId.TryCanonical(text, out _, out var refusal).ShouldBeFalse();
        refusal.ShouldNotBeNull().Replace("the noncharacter", "noncharacter", StringComparison.Ordinal).ShouldContain(reason);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_refused()
    {
        // Not as inline data: attributes are stored as UTF-8, which has no such thing.
        PersonId.TryCanonical("a\uD83D", out _, out var reason).ShouldBeFalse();
        reason.ShouldBe("has half a surrogate pair at character 2");
    }

    [Fact]
    public void The_length_is_that_of_the_canonical_form()
    {
        Canonical($"  {new string('p', 128)}  ").Length.ShouldBe(128);
        PersonId.TryCanonical(new string('p', 129), out _, out var reason).ShouldBeFalse();
        reason.ShouldBe("has 129 characters, at most 128 are allowed");
        PersonId.TryCanonical("https://example.com/" + new string('\u00EB', 40), out _, out reason).ShouldBeFalse();
        reason.ShouldBe("has 260 characters, at most 128 are allowed");
    }

    [Fact]
    public void The_canonical_form_is_a_fixed_point()
    {
        string[] pieces =
        [
            "a", "B", "ann", "Lee", "@", "@X.org", "/", "//", ":", "%", "%4", "41", "%41", "%2f", "%C3%8B", "%E2%80%8B", "%FF", "?", "#",
                ".", "..", " ", "\t",
            "http://", "HTTPS://", "https://uk.linkedin.com/in/", "Example.COM", ":80", ":443", "[::1]", "\u0301", "\u0308", "\u0327", "e",
                "T", "\u212A", "\u0130", "\u01C5",
            "\u00CB", "\u1E9E", "\u03A3", "\uAC00", "\u11A8", "\u1100", "\u1161", "\u037E", "\u2000", "\u200B", "\u200D", "\uFE0F",
                "\uD83D\uDE00", "\u0344", "\u0958", "\uFB1D",
        ];
        var texts = Gen.Elements(pieces).ArrayOf().Where(parts => parts.Length <= 12).Select(string.Concat);
        Prop.ForAll(texts.ToArbitrary(), text =>
            !PersonId.TryCanonical(text, out var once, out _) || (PersonId.TryCanonical(once, out var twice, out _) && twice == once))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));
    }

    [Fact]
    public void Marks_compose_as_Unicode_says()
    {
        Canonical("a\u0307\u0323").ShouldBe("\u1EA1\u0307", "marks are ordered by class before they compose");
        Canonical("a\u0323\u0307").ShouldBe("\u1EA1\u0307");
        Canonical("\u0958x").ShouldBe("\u0915\u093Cx", "excluded from composition");
        Canonical("\u0344x").ShouldBe("\u0308\u0301x", "a non-starter decomposition");
        Canonical("a\u0315\u0300\u05AE\u0300b").ShouldBe("\u00E0\u05AE\u0300\u0315b", "line 1 of part 2 of NormalizationTest.txt");
        UnicodeComposition.WithoutMarks("Zo\u00EB \u1EA4n").ShouldBe("Zoe An");
    }

    private static string Canonical(string text)
    {
        PersonId.TryCanonical(text, out var canonical, out var reason).ShouldBeTrue(reason);
        return canonical!;
    }
}
