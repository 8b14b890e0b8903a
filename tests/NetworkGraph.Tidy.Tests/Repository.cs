namespace NetworkGraph.Tidy.Tests;

/// <summary>A text file of the repository. <see cref="Path"/> is from the repository's root, with '/'.</summary>
internal sealed record SourceFile(string Path, string Text)
{
    /// <summary>For C#: the text with comments, strings and character literals blanked out; lines stay where they are.</summary>
    public string Code { get; } = Path.EndsWith(".cs", StringComparison.Ordinal) ? CSharpText.Blank(Text) : Text;

    public int LineAt(int index) => Text.AsSpan(0, index).Count('\n') + 1;

    public bool IsUnder(string folder) => Path.StartsWith(folder, StringComparison.Ordinal);
}

/// <summary>The repository as it lies on disk, without what is built or downloaded.</summary>
internal static class Repository
{
    private static readonly string[] s_notOurs = [
        ".git", "artifacts", "bin", "obj", "node_modules", "dist", ".vs", ".vscode", ".idea", "TestResults", "__pycache__"];

    private static readonly string[] s_textEndings =
    [
        ".cs", ".csproj", ".props", ".targets", ".sln", ".json", ".md", ".ts", ".tsx", ".mjs", ".js", ".css", ".html", ".proto", ".py",
            ".sh", ".yml", ".yaml", ".http",
    ];

    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<string> Paths { get; } = [.. Walk(Root).Order(StringComparer.Ordinal)];

    public static IReadOnlyList<SourceFile> Texts { get; } =
    [
        .. Paths.Where(p => s_textEndings.Any(e => p.EndsWith(e, StringComparison.Ordinal))
            || p is ".ci/run" or "Dockerfile" or ".editorconfig" or ".gitignore")
            .Select(p => new SourceFile(p, File.ReadAllText(Path.Combine(Root, p)))),
    ];

    /// <summary>C#, without the rules themselves, which must name what they forbid.</summary>
    public static IReadOnlyList<SourceFile> CSharp { get; } =
        [.. Texts.Where(t => t.Path.EndsWith(".cs", StringComparison.Ordinal) && !t.IsUnder("tests/NetworkGraph.Tidy.Tests/"))];

    public static IReadOnlyList<SourceFile> Projects { get; } = [.. Texts.Where(t => t.Path.EndsWith(".csproj", StringComparison.Ordinal))];

    public static bool Exists(string path) =>
        File.Exists(Path.Combine(Root, path)) || Directory.Exists(Path.Combine(Root, path));

    /// <summary>Fails with every finding on a line of its own, after the rule.</summary>
    public static void ShouldHold(string rule, IEnumerable<string> findings)
    {
        var found = findings.ToList();
        found.Count.ShouldBe(0, $"{rule}\n{string.Join('\n', found)}\n");
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "NetworkGraph.sln"))) return folder.FullName;
        throw new InvalidOperationException($"NetworkGraph.sln is in no folder above {AppContext.BaseDirectory}.");
    }

    private static IEnumerable<string> Walk(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder)) yield return Path.GetRelativePath(Root, file).Replace('\\', '/');
        foreach (var child in Directory.EnumerateDirectories(folder))
        {
            var name = Path.GetFileName(child);
            if (s_notOurs.Contains(name) || (folder == Root && name == "data")) continue;
            foreach (var file in Walk(child)) yield return file;
        }
    }
}
