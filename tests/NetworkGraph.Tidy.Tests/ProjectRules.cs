using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace NetworkGraph.Tidy.Tests;

public class ProjectRules
{
    /// <summary>Which project of src may reference which.</summary>
    private static readonly Dictionary<string, string[]> s_mayReference = new()
    {
        ["NetworkGraph.Engine"] = [],
        ["NetworkGraph.Events"] = [],
        ["NetworkGraph.People"] = ["NetworkGraph.Engine", "NetworkGraph.Events"],
        ["NetworkGraph.Analytics"] = ["NetworkGraph.Engine", "NetworkGraph.Events", "NetworkGraph.People"],
        ["NetworkGraph.Demo"] = ["NetworkGraph.Events"],
        ["NetworkGraph.Storage.Sqlite"] = ["NetworkGraph.Events"],
        ["NetworkGraph.Storage.Postgres"] = ["NetworkGraph.Events"],
        ["NetworkGraph.Importers"] = ["NetworkGraph.Events"],
        ["NetworkGraph.Client"] = [],
        ["NetworkGraph.Server"] =
        [
            "NetworkGraph.Analytics", "NetworkGraph.Demo", "NetworkGraph.Engine", "NetworkGraph.Events", "NetworkGraph.Importers",
                "NetworkGraph.People",
            "NetworkGraph.Storage.Postgres", "NetworkGraph.Storage.Sqlite",
        ],
    };

    /// <summary>Test projects that are not named after a project of src, and what they test.</summary>
    private static readonly Dictionary<string, string[]> s_otherTests = new()
    {
        ["NetworkGraph.Conformance"] = ["NetworkGraph.People"],
        ["NetworkGraph.Stories"] = ["NetworkGraph.Analytics"],
        ["NetworkGraph.Demo.Tests"] = ["NetworkGraph.Demo", "NetworkGraph.Analytics"],
        // Starts and kills a writing process, which is a command of the load tests.
        ["NetworkGraph.Storage.Sqlite.Tests"] = ["NetworkGraph.Storage.Sqlite", "NetworkGraph.LoadTests"],
        // Whole servers, side by side and in clusters.
        ["NetworkGraph.Cluster.Tests"] = ["NetworkGraph.Server", "NetworkGraph.LoadTests"],
        ["NetworkGraph.Client.Tests"] = ["NetworkGraph.Client", "NetworkGraph.Server"],
        ["NetworkGraph.Dashboard.Tests"] = ["NetworkGraph.Server"],
        ["NetworkGraph.Grpc.Tests"] = ["NetworkGraph.Server"],
        ["NetworkGraph.LoadTests.Tests"] = ["NetworkGraph.LoadTests", "NetworkGraph.Analytics"],
        ["NetworkGraph.EndToEnd.Tests"] = ["NetworkGraph.Server"],
        ["NetworkGraph.Tidy.Tests"] = [],
    };

    /// <summary>They need packages that not every feed has, so they have no lock file.</summary>
    private static readonly string[] s_withoutLock = [];

    private static readonly string[] s_topLevel =
    [
        "NetworkGraph.sln", "README.md", "ARCHITECTURE.md", "Dockerfile", "global.json", ".editorconfig", "Directory.Build.props",
        "Directory.Packages.props", ".ci", "src", "tests", "load-tests", "clients", ".gitignore", ".gitattributes", ".dockerignore",
            ".git", "LICENSE", "docs", "docker-compose.yml",
    ];

    private static readonly string[] s_vagueNames = ["Common", "Shared", "Utils", "Utilities", "Helpers", "Abstractions", "Misc"];

    [Fact]
    public void Projects_reference_only_what_they_may() => Repository.ShouldHold(
        "References point inwards: Engine and Events to nothing, People to both, Analytics to People, storage and importers to Events, "
            + "Server to all.",
        from project in Repository.Projects
        from Match reference in Regex.Matches(project.Text, """<ProjectReference Include="(?<path>[^"]+)"(?<rest>[^>]*)>""")
        let name = NameOf(project.Path)
        let referenced = NameOf(reference.Groups["path"].Value)
        where !MayReference(name, referenced, project.Path)
        select $"{project.Path}:{project.LineAt(reference.Index)}: {name} may not reference {referenced}");

    [Fact]
    public void Projects_form_no_cycle()
    {
        var references = new UseGraph();
        foreach (var project in Repository.Projects)
            foreach (Match reference in Regex.Matches(project.Text, @"<ProjectReference Include=""(?<path>[^""]+)"""))
                references.Add(
                    NameOf(project.Path), NameOf(reference.Groups["path"].Value), $"{project.Path}:{project.LineAt(reference.Index)}");
        Repository.ShouldHold("A project does not reference one that references it, directly or by others.", references.Cycles());
    }

    [Fact]
    public void Every_project_has_its_place_in_the_rules() => Repository.ShouldHold("A new project is entered in the rules of references.",
        from project in Repository.Projects
        let name = NameOf(project.Path)
        where project.IsUnder("src/") ? !s_mayReference.ContainsKey(name)
            : project.IsUnder("tests/") && !s_otherTests.ContainsKey(name)
                && !s_mayReference.ContainsKey(name.Replace(".Tests", "", StringComparison.Ordinal))
        select $"{project.Path}:1: is in no table of ProjectRules");

    [Fact]
    public void The_engine_needs_no_package() => Repository.ShouldHold("The engine references nothing.",
        from project in Repository.Projects
        where NameOf(project.Path) == "NetworkGraph.Engine"
        from Match reference in Regex.Matches(project.Text, "<(Package|Project|Framework)?Reference\\b")
        select $"{project.Path}:{project.LineAt(reference.Index)}: {reference.Value}");

    [Fact]
    public void Versions_stand_in_one_place() => Repository.ShouldHold("Versions of packages stand in Directory.Packages.props.",
        from project in Repository.Texts
        where project.Path.EndsWith(".csproj", StringComparison.Ordinal) || project.Path is "Directory.Build.props"
        from Match version in Regex.Matches(project.Text, """<PackageReference[^>]*\bVersion(Override)?\s*=|<PackageVersion\b""")
        select $"{project.Path}:{project.LineAt(version.Index)}: {version.Value}");

    [Fact]
    public void Every_project_has_its_lock_file() => Repository.ShouldHold("packages.lock.json lies next to each project.",
        from project in Repository.Projects
        let folder = Path.GetDirectoryName(project.Path)
        where !s_withoutLock.Contains(NameOf(project.Path)) && !Repository.Exists($"{folder}/packages.lock.json")
        select $"{project.Path}:1: has no packages.lock.json");

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = Repository.Texts.Single(t => t.Path == "NetworkGraph.sln").Text.Replace('\\', '/');
        Repository.ShouldHold("The solution lists every project.",
            from project in Repository.Projects
            where !solution.Contains($"\"{project.Path}\"", StringComparison.Ordinal)
            select $"{project.Path}:1: is not in NetworkGraph.sln");
    }

    [Fact]
    public void Nothing_strays_at_the_top() => Repository.ShouldHold("The top of the repository holds what belongs there.",
        Repository.Paths.Select(p => p.Split('/')[0]).Distinct()
            .Where(p => !s_topLevel.Contains(p) && !p.EndsWith(".user", StringComparison.Ordinal)).Select(p => $"{p}:1: strays"));

    [Fact]
    public void Folders_and_projects_are_named_after_what_is_in_them() => Repository.ShouldHold(
        "No folder or project is called by a word that fits anything.",
        from path in Repository.Paths
        where path.StartsWith("src/", StringComparison.Ordinal)
            || path.StartsWith("tests/", StringComparison.Ordinal)
            || path.StartsWith("load-tests/", StringComparison.Ordinal)
        let vague = path.Split('/', '.').FirstOrDefault(s_vagueNames.Contains)
        where vague is not null
        select $"{path}:1: {vague}");

    [Fact]
    public void Project_files_are_well_formed() => Repository.Projects.ShouldAllBe(p => XDocument.Parse(p.Text).Root != null);

    private static bool MayReference(string name, string referenced, string path)
    {
        if (path.StartsWith("src/", StringComparison.Ordinal)) return s_mayReference.GetValueOrDefault(name, []).Contains(referenced);
        if (path.StartsWith("load-tests/", StringComparison.Ordinal)) return s_mayReference.ContainsKey(referenced);
        // Suites that tests share, and the tools that load tests are made of.
        if (referenced is "NetworkGraph.Conformance" or "NetworkGraph.Stories" or "NetworkGraph.LoadTests") return true;
        var tested = s_otherTests.GetValueOrDefault(name) ?? [name.Replace(".Tests", "", StringComparison.Ordinal)];
        return tested.Any(t => t == referenced || Reaches(t, referenced));
    }

    private static bool Reaches(string from, string to) =>
        s_mayReference.GetValueOrDefault(from, []).Any(next => next == to || Reaches(next, to));

    private static string NameOf(string projectPath) => Path.GetFileNameWithoutExtension(projectPath.Replace('\\', '/'));
}
