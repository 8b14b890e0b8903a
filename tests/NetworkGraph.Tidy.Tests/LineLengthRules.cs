namespace NetworkGraph.Tidy.Tests;

public class LineLengthRules
{
    private const int MaxLineChars = 140;

    private static readonly string[] s_endings = [".cs", ".proto"];

    [Fact]
    public void Lines_are_short() => Repository.ShouldHold($"A line has at most {MaxLineChars} characters.",
        from file in Repository.Texts
        where s_endings.Any(ending => file.Path.EndsWith(ending, StringComparison.Ordinal))
        from line in file.Text.Split('\n').Select((text, index) => (Number: index + 1, Length: text.TrimEnd('\r').Length))
        where line.Length > MaxLineChars
        select $"{file.Path}:{line.Number}: has {line.Length} characters");
}
