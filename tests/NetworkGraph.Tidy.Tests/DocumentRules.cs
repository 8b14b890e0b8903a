using System.Text.RegularExpressions;

namespace NetworkGraph.Tidy.Tests;

public class DocumentRules
{
    private static readonly string[] s_documents = ["README.md", "ARCHITECTURE.md", "docs/cluster.md"];

    [Fact]
    public void Every_path_the_documents_name_exists() => Repository.ShouldHold("A path in a document leads somewhere.",
        from file in Repository.Texts
        where s_documents.Contains(file.Path)
        from Match match in Regex.Matches(file.Text, @"(?<![\w/.-])(?<path>(src|tests|load-tests|\.ci)/[\w./-]*\w)")
        let path = match.Groups["path"].Value
        where !Repository.Exists(path)
        select $"{file.Path}:{file.LineAt(match.Index)}: {path}");

    [Fact]
    public void Every_verb_the_documents_run_exists()
    {
        var verbs = Repository.CSharp.Where(f => f.IsUnder("src/NetworkGraph.Server/Verbs/"))
            .SelectMany(f => Regex.Matches(f.Text, """new Command\(\s*"(?<verb>[\w-]+)"|:\s*base\(\s*"(?<verb>[\w-]+)",""")
                .Select(m => m.Groups["verb"].Value))
            .ToHashSet();
        Repository.ShouldHold($"A command in a document runs. There are the verbs {string.Join(", ", verbs)}.",
            from file in Repository.Texts
            where s_documents.Contains(file.Path)
            from Match match in Regex.Matches(
                file.Text, @"(NetworkGraph\.Server(\.dll)?( -c \w+)? (-- )?|^\s*networkgraph )(?<verb>[a-z][a-z-]*)\b",
                RegexOptions.Multiline)
            let verb = match.Groups["verb"].Value
            where !verbs.Contains(verb) && InCommand(file, match.Index)
            select $"{file.Path}:{file.LineAt(match.Index)}: {verb}");
    }

    [Fact]
    public void Nothing_names_a_machine_or_a_feed() => Repository.ShouldHold("The repository works on any machine and any feed.",
        from file in Repository.Texts
        where !file.IsUnder("tests/NetworkGraph.Tidy.Tests/")
        from Match match in Regex.Matches(file.Text,
            @"(?<![\w.:/%}-])/(work|root|home)/\w|\b(api\.nuget\.org|nuget\.org/v3|registry\.npmjs\.org|registry\.yarnpkg\.com"
                + @"|pkgs\.dev\.azure\.com|deb\.debian\.org|pypi\.org)\b|\bartifactory\b|\bjfrog\b",
            RegexOptions.IgnoreCase)
        select $"{file.Path}:{file.LineAt(match.Index)}: {match.Value}");

    /// <summary>Commands stand in blocks: indented, or between fences.</summary>
    private static bool InCommand(SourceFile file, int index)
    {
        var line = file.Text.LastIndexOf('\n', Math.Max(0, index - 1)) + 1;
        return file.Text.AsSpan(line).StartsWith("    ") || Regex.Count(file.Text.AsSpan(0, line), "^```", RegexOptions.Multiline) % 2 == 1;
    }
}
