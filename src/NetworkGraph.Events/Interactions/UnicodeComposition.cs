using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace NetworkGraph.Events.Interactions;

/// <summary>
/// Unicode normalisation form C (UAX #15). The runtime's own does nothing under invariant globalisation, which this program
/// runs with so that answers do not depend on the machine's ICU. Data: <c>UnicodeComposition.txt</c>, loaded when first needed.
/// </summary>
public static class UnicodeComposition
{
    /// <summary>Nothing below this decomposes differently from how it is written, and nothing below combines.</summary>
    private const char FirstCombining = '\u0300';

    private const int HangulFirst = 0xAC00, LeadFirst = 0x1100, VowelFirst = 0x1161, TrailFirst = 0x11A7;
    private const int Leads = 19, Vowels = 21, Trails = 28;

    private static readonly Lazy<Tables> s_tables = new(Tables.Load);

    /// <summary>
    /// The text in form C: the same object where it is in that form already. Halves of surrogate pairs are not allowed in it.
    /// </summary>
    public static string Compose(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange(FirstCombining, '\uFFFF')) return text;
        var tables = s_tables.Value;
        var codes = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes()) Decompose(rune.Value, tables, codes);
        Reorder(codes, tables);
        Compose(codes, tables);
        var composed = new StringBuilder(text.Length);
        foreach (var code in codes) composed.Append(new Rune(code).ToString());
        var result = composed.ToString();
        return result == text ? text : result;
    }

    /// <summary>The text's base characters: decomposed, without the marks that combine with them.</summary>
    public static string WithoutMarks(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange('\0', '\u007F')) return text;
        var tables = s_tables.Value;
        var codes = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes()) Decompose(rune.Value, tables, codes);
        var bare = new StringBuilder(text.Length);
        foreach (var code in codes)
            if (!tables.Classes.ContainsKey(code)) bare.Append(new Rune(code).ToString());
        return bare.ToString();
    }

    private static void Decompose(int code, Tables tables, List<int> into)
    {
        if (code is >= HangulFirst and < HangulFirst + Leads * Vowels * Trails)
        {
            var index = code - HangulFirst;
            into.Add(LeadFirst + index / (Vowels * Trails));
            into.Add(VowelFirst + index / Trails % Vowels);
            if (index % Trails != 0) into.Add(TrailFirst + index % Trails);
            return;
        }
        if (code < 0xC0 || !tables.Decompositions.TryGetValue(code, out var parts))
        {
            into.Add(code);
            return;
        }
        Decompose(parts.First, tables, into);
        if (parts.Second != 0) Decompose(parts.Second, tables, into);
    }

    /// <summary>Sorts each run of combining marks by class, keeping the order of equals.</summary>
    private static void Reorder(List<int> codes, Tables tables)
    {
        for (var i = 1; i < codes.Count; i++)
        {
            var code = codes[i];
            var rank = tables.ClassOf(code);
            if (rank == 0) continue;
            var at = i;
            for (; at > 0 && tables.ClassOf(codes[at - 1]) > rank; at--) codes[at] = codes[at - 1];
            codes[at] = code;
        }
    }

    private static void Compose(List<int> codes, Tables tables)
    {
        var starter = -1;
        var rankBefore = -1;
        var length = 0;
        foreach (var code in codes.ToArray())
        {
            var rank = tables.ClassOf(code);
            // A mark is blocked from its starter by one of the same class, or by anything of class 0, between the two.
            if (starter >= 0 && (rankBefore < rank || rankBefore == -1) && TryCompose(codes[starter], code, tables, out var composed))
            {
                codes[starter] = composed;
                continue;
            }
            codes[length] = code;
            if (rank == 0) (starter, rankBefore) = (length, -1);
            else rankBefore = rank;
            length++;
        }
        codes.RemoveRange(length, codes.Count - length);
    }

    private static bool TryCompose(int first, int second, Tables tables, out int composed)
    {
        if (first is >= LeadFirst and < LeadFirst + Leads && second is >= VowelFirst and < VowelFirst + Vowels)
        {
            composed = HangulFirst + ((first - LeadFirst) * Vowels + (second - VowelFirst)) * Trails;
            return true;
        }
        if (first is >= HangulFirst and < HangulFirst + Leads * Vowels * Trails && (first - HangulFirst) % Trails == 0
            && second is > TrailFirst and < TrailFirst + Trails)
        {
            composed = first + second - TrailFirst;
            return true;
        }
        return tables.Compositions.TryGetValue((first, second), out composed);
    }

    private sealed record Tables(
        FrozenDictionary<int, (int First, int Second)> Decompositions,
        FrozenDictionary<(int First, int Second), int> Compositions,
        FrozenDictionary<int, byte> Classes)
    {
        public int ClassOf(int code) => code < FirstCombining ? 0 : Classes.GetValueOrDefault(code);

        public static Tables Load()
        {
            var decompositions = new Dictionary<int, (int, int)>();
            var compositions = new Dictionary<(int, int), int>();
            var classes = new Dictionary<int, byte>();
            using var stream = typeof(UnicodeComposition).Assembly.GetManifestResourceStream("UnicodeComposition.txt")!;
            using var lines = new StreamReader(stream);
            while (lines.ReadLine() is { } line)
            {
                var words = line.Split(' ');
                if (words[0] is "D" or "X")
                {
                    var parts = (Hex(words[2]), words.Length > 3 ? Hex(words[3]) : 0);
                    decompositions[Hex(words[1])] = parts;
                    if (words[0] == "D") compositions[parts] = Hex(words[1]);
                }
                else if (words[0] == "C")
                {
                    for (var code = Hex(words[1]); code <= Hex(words[2]); code++)
                        classes[code] = byte.Parse(words[3], CultureInfo.InvariantCulture);
                }
            }
            return new Tables(decompositions.ToFrozenDictionary(), compositions.ToFrozenDictionary(), classes.ToFrozenDictionary());
        }

        private static int Hex(string digits) => int.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }
}
