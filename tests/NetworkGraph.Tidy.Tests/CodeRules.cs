using System.Text.RegularExpressions;

namespace NetworkGraph.Tidy.Tests;

public class CodeRules
{
    /// <summary>Why, what, and where it is forbidden.</summary>
    public static readonly TheoryData<string, string, string[]> Forbidden = new()
    {
        { "Time comes from TimeProvider.", @"\bDateTime(Offset)?\.(Now|UtcNow|Today)\b", [""] },
        { "Nothing waits by sleeping.", @"\bThread\.Sleep\b", [""] },
        { "Nothing waits for a time written in code; wait for a state, or on a TimeProvider for an option.",
            @"\bTask\.Delay\(\s*(\d|TimeSpan\.From\w+\()", [""] },
        { "Randomness comes from a seed.", @"\bnew Random\(\s*\)|\bRandom\.Shared\b|\bGuid\.NewGuid\b", [""] },
        { "The product calls nobody, but for the server that an import or an assistant is for, sources that were configured, and webhooks.",
            @"\bnew HttpClient\b(?! \{ BaseAddress = server \})", ["src/"] },
        { "Nothing is half done.", @"\bNotImplementedException\b", [""] },
        { "Warnings are mended, not silenced.", @"#pragma\s+warning\s+disable|\bSuppressMessage\b", [""] },
        { "A test is skipped at run time with a reason, never in advance.", @"\b(Fact|Theory)\s*\([^)]*\bSkip\s*=", ["tests/"] },
        { "Only verbs speak to the console.", @"\bConsole\.\w+", ["src/"] },
        { "Names say what a thing is.", @"\b(class|struct|record|interface|enum)\s+\w*(Manager|Helpers?|Utils?|Utility|Utilities)\b",
            [""] },
    };

    /// <summary>Files that may do what others may not, and no more than these.</summary>
    private static readonly (string Pattern, string Path)[] s_exempt =
    [
        (@"\bConsole\.\w+", "src/NetworkGraph.Server/Verbs/"),
        // An import calls the server its user names (--server), and no one else.
        (@"\bnew HttpClient\b", "src/NetworkGraph.Server/Verbs/ImportCommand.cs"),
        (@"\bnew HttpClient\b(?! \{ BaseAddress = server \})", "src/NetworkGraph.Server/Verbs/McpVerb.cs"),
        (@"\bnew HttpClient\b(?! \{ BaseAddress = server \})", "src/NetworkGraph.Server/Api/Webhooks/WebhookSender.cs"),
        // Calendars and address books of the user's own, as the configuration names them.
        (@"\bnew HttpClient\b(?! \{ BaseAddress = server \})", "src/NetworkGraph.Importers/Connectors/DavServer.cs"),
    ];

    [Theory]
    [MemberData(nameof(Forbidden))]
    public void Code_does_without(string rule, string pattern, string[] folders) => Repository.ShouldHold(rule,
        from file in Repository.CSharp
        where folders.Any(file.IsUnder) && !s_exempt.Any(e => e.Pattern == pattern && file.IsUnder(e.Path))
        from Match match in Regex.Matches(file.Code, pattern)
        select $"{file.Path}:{file.LineAt(match.Index)}: {match.Value.ReplaceLineEndings(" ")}");

    [Fact]
    public void A_caught_exception_is_dealt_with() =>
        Repository.ShouldHold("Only being cancelled, when that was asked for, needs no more than being caught.",
        from file in Repository.CSharp
        from Match match in Regex.Matches(file.Code, @"\bcatch\b\s*(\([^)]*\)\s*)?(when\s*\([^{]*\)\s*)?\{\s*\}")
        where !Regex.IsMatch(match.Value, @"OperationCanceledException\b.*\bwhen\b.*IsCancellationRequested")
        select $"{file.Path}:{file.LineAt(match.Index)}: {Regex.Replace(match.Value, @"\s+", " ")}");

    [Fact]
    public void An_event_id_of_the_log_is_used_once() => Repository.ShouldHold("Every log message has an event id of its own.",
        from file in Repository.CSharp
        where file.IsUnder("src/")
        from Match match in Regex.Matches(file.Code, @"\[LoggerMessage\((?<id>\d+)")
        group $"{file.Path}:{file.LineAt(match.Index)}: {match.Groups["id"].Value}" by match.Groups["id"].Value into uses
        where uses.Count() > 1
        from use in uses
        select use);

    [Fact]
    public void Nothing_is_left_marked_to_be_done() =>
        Repository.ShouldHold("Work is done or written down as a limit, not marked for later.",
        from file in Repository.Texts
        where !file.IsUnder("tests/NetworkGraph.Tidy.Tests/") && !file.Path.EndsWith("lock.json", StringComparison.Ordinal)
        from Match match in Regex.Matches(file.Text, @"\b(TODO|FIXME|HACK|XXX)\b")
        select $"{file.Path}:{file.LineAt(match.Index)}: {match.Value}");

    [Fact]
    public void The_engine_does_no_io_and_knows_no_clock_and_no_logger() => Repository.ShouldHold("The engine computes, and nothing else.",
        from file in Repository.CSharp
        where file.IsUnder("src/NetworkGraph.Engine/")
        from Match match in Regex.Matches(
            file.Code, @"\b(File|Directory|Stream|FileStream|TimeProvider|Stopwatch|ILogger|Environment\.GetEnvironmentVariable"
                + @"|using System\.(IO|Net)|using Microsoft\.)\b")
        select $"{file.Path}:{file.LineAt(match.Index)}: {match.Value}");

    [Fact]
    public void Every_kernel_says_what_it_solves_how_at_what_cost_and_after_whom() => Repository.ShouldHold(
        "A kernel's header names Problem, Method, Cost and Source.",
        from file in Repository.CSharp
        where file.IsUnder("src/NetworkGraph.Engine/") && !file.IsUnder("src/NetworkGraph.Engine/Snapshots/")
        where Regex.IsMatch(file.Code, @"\bpublic static (partial )?class\b") && !file.Path.EndsWith("Rule.cs", StringComparison.Ordinal)
        let missing = new[] { "Problem", "Method", "Cost", "Source" }.Where(
            w => !Regex.IsMatch(file.Text, $@"^\s*///.*\b{w}\b", RegexOptions.Multiline)).ToList()
        where missing.Count > 0 && IsFirstPart(file)
        select $"{file.Path}:1: misses {string.Join(", ", missing)}");

    [Fact]
    public void An_interface_is_a_seam_or_has_several_implementations()
    {
        // The grain's is what Orleans makes its proxies from.
        string[] seams = ["IInteractionLog", "IPersonGrain"];
        Repository.ShouldHold("No interface with one implementation.",
            from file in Repository.CSharp
            where file.IsUnder("src/")
            from Match declared in Regex.Matches(file.Code, @"\binterface (?<name>I\w+)")
            let name = declared.Groups["name"].Value
            where !seams.Contains(name)
            let implementations = Repository.CSharp.Sum(f => Regex.Count(f.Code, $@"\b(class|struct|record)\b[^{{;]*:[^{{;]*\b{name}\b"))
            where implementations < 2
            select $"{file.Path}:{file.LineAt(declared.Index)}: {name} has {implementations}");
    }

    /// <summary>Of a type in several files (Name.cs, Name.Part.cs) the first carries the header.</summary>
    private static bool IsFirstPart(SourceFile file) =>
        !Path.GetFileNameWithoutExtension(file.Path).Contains('.', StringComparison.Ordinal);
}
