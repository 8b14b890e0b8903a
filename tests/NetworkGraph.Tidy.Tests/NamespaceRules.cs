using System.Text.RegularExpressions;

namespace NetworkGraph.Tidy.Tests;

public partial class NamespaceRules
{
    [Fact]
    public void Namespaces_of_src_form_no_cycle() => Repository.ShouldHold(
        "A namespace does not use one that uses it, directly or by others.",
        UsesOf(Repository.CSharp.Where(file => file.IsUnder("src/"))).Cycles());

    /// <summary>
    /// Which namespace uses which, by syntax: the names of types and extension methods that stand in a file's code, looked up in
    /// the namespaces it imports and those that enclose its own; and names qualified by a part of a namespace.
    /// </summary>
    internal static UseGraph UsesOf(IEnumerable<SourceFile> sources)
    {
        var files = sources.Select(file => (File: file, Namespace: NamespaceLine().Match(file.Code).Groups["name"].Value)).Where(
            f => f.Namespace.Length > 0).ToList();
        var types = files.SelectMany(f => NamesIn(TypeDeclaration(), f.File), (f, name) => (f.Namespace, name)).ToLookup(
            t => t.Namespace, t => t.name);
        var extensions = files.SelectMany(f => NamesIn(ExtensionMethod(), f.File), (f, name) => (f.Namespace, name)).ToLookup(
            t => t.Namespace, t => t.name);
        var uses = new UseGraph();
        foreach (var (file, space) in files)
        {
            var enclosing = Enclosing(space);
            string[] visible = [.. NamesIn(Using(), file).Concat(enclosing).Distinct().Where(v => types.Contains(v) && v != space)];
            foreach (Match match in DottedName().Matches(file.Code))
            {
                var parts = match.Value.Split('.');
                var isMember = match.Index > 0 && file.Code[match.Index - 1] == '.';
                foreach (var used in visible)
                    if ((!isMember && types[used].Contains(parts[0])) || parts.Skip(isMember ? 0 : 1).Any(extensions[used].Contains))
                        Note(used, parts[0]);
                for (var qualified = 1; qualified < parts.Length; qualified++)
                {
                    var qualifier = string.Join('.', parts.Take(qualified));
                    foreach (var used in enclosing.Select(e => $"{e}.{qualifier}").Append(qualifier))
                        if (types[used].Contains(parts[qualified])) Note(used, parts[qualified]);
                }
                void Note(string used, string name) => uses.Add(space, used, $"{file.Path}:{file.LineAt(match.Index)}: {name}");
            }
        }
        return uses;
    }

    private static IEnumerable<string> NamesIn(Regex declared, SourceFile file) =>
        declared.Matches(file.Code).Select(match => match.Groups["name"].Value);

    private static string[] Enclosing(string space)
    {
        var enclosing = new List<string> { space };
        for (var dot = space.LastIndexOf('.'); dot > 0; dot = space.LastIndexOf('.', dot - 1)) enclosing.Add(space[..dot]);
        return [.. enclosing];
    }

    [GeneratedRegex(@"^namespace (?<name>[\w.]+)", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"^using (static )?(?<name>[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Using();

    /// <summary>Types that stand directly in the namespace: at the start of a line.</summary>
    [GeneratedRegex(@"^(?:[a-z]+ )*(?:class|struct|interface|enum|record(?: struct| class)?|delegate [\w<>\[\]?., ]+?) (?<name>[A-Z]\w*)",
        RegexOptions.Multiline)]
    private static partial Regex TypeDeclaration();

    [GeneratedRegex(@"\b(?<name>[A-Z]\w*)(?:<[^>()]*>)?\(\s*this ")]
    private static partial Regex ExtensionMethod();

    /// <summary>A name with what follows it after dots; not one that is assigned to, nor that of a property.</summary>
    [GeneratedRegex(@"(?<!\w)[A-Z]\w*(?:\.[A-Z]\w*)*\b(?!\s*=[^=>]|\s*\{\s*(?:get|init)\b)")]
    private static partial Regex DottedName();
}
