using System.Text.RegularExpressions;

namespace NetworkGraph.Tidy.Tests;

public partial class LengthRules
{
    private const int MaxFileLines = 400;
    private const int MaxMemberLines = 70;

    /// <summary>Files that are longer, with the length they may have. This list only ever gets shorter.</summary>
    private static readonly Dictionary<string, int> s_longerFiles = [];

    [Fact]
    public void Files_are_short() => Repository.ShouldHold($"A file has at most {MaxFileLines} lines.",
        from file in Repository.Texts
        where file.Path.EndsWith(".cs", StringComparison.Ordinal)
        let lines = file.LineAt(file.Text.Length) - 1
        where lines > s_longerFiles.GetValueOrDefault(file.Path, MaxFileLines)
        select $"{file.Path}:{lines}: has {lines} lines");

    [Fact]
    public void The_list_of_longer_files_holds_only_those() => Repository.ShouldHold("What became shorter leaves the list.",
        from longer in s_longerFiles
        let file = Repository.Texts.FirstOrDefault(t => t.Path == longer.Key)
        where file is null || file.LineAt(file.Text.Length) - 1 <= MaxFileLines
        select $"{longer.Key}:1: is not longer than {MaxFileLines} lines");

    [Fact]
    public void Members_are_short() => Repository.ShouldHold($"A function has at most {MaxMemberLines} lines.",
        from file in Repository.Texts
        where file.Path.EndsWith(".cs", StringComparison.Ordinal)
        from member in MembersOf(file.Code)
        where member.Lines > MaxMemberLines
        select $"{file.Path}:{file.LineAt(member.Start)}: has {member.Lines} lines");

    /// <summary>Blocks that stand directly in a type and are no types themselves: bodies of methods and properties.</summary>
    private static IEnumerable<(int Start, int Lines)> MembersOf(string code)
    {
        var open = new Stack<(int Start, bool IsType, bool IsMember)>();
        var headerStart = 0;
        for (var at = 0; at < code.Length; at++)
        {
            switch (code[at])
            {
                case '{':
                    var header = code[headerStart..at];
                    var isType = TypeHeader().IsMatch(header);
                    var inType = open.Count > 0 && open.Peek().IsType;
                    // Tables of data are not functions.
                    open.Push((at, isType, inType && !isType && !Assignment().IsMatch(header)));
                    headerStart = at + 1;
                    break;
                case '}' when open.Count > 0:
                    var block = open.Pop();
                    headerStart = at + 1;
                    if (block.IsMember) yield return (block.Start, code.AsSpan(block.Start, at - block.Start).Count('\n') - 1);
                    break;
                case ';':
                    headerStart = at + 1;
                    break;
            }
        }
    }

    [GeneratedRegex(@"\b(namespace|class|struct|interface|enum|record)\s+\w")]
    private static partial Regex TypeHeader();

    [GeneratedRegex(@"[^=<>!]=[^=>]")]
    private static partial Regex Assignment();
}
