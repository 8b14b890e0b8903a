namespace NetworkGraph.Tidy.Tests;

public class CSharpTextTests
{
    [Theory]
    [InlineData("a // b\nc", "a     \nc")]
    [InlineData("a /* b\nc */ d", "a     \n     d")]
    [InlineData("x(\"a\\\"b\") y", "x(      ) y")]
    [InlineData("x(@\"a\"\"\\\") y", "x(       ) y")]
    [InlineData("x('\"') y", "x(   ) y")]
    [InlineData("x($\"a{f(\"}\")}b\") y", "x(             ) y")]
    [InlineData("x($\"a{{b\") y", "x(       ) y")]
    [InlineData("x(\"\"\"a \"b\" c\"\"\") y", "x(             ) y")]
    public void Comments_and_literals_are_blanked(string text, string blank) => CSharpText.Blank(text).ShouldBe(blank);
}
