using System.Collections.Frozen;
using System.Text;
using AnyAscii;

namespace NetworkGraph.Importers.Times;

/// <summary>Names of months and days as programs write them into exports, in the languages of Europe, without accents and dots.</summary>
internal static class MonthNames
{
    private static readonly string[] s_months =
    [
        "jan january januar janv janvier ene enero gen gennaio janeiro januari janner jaenner ianuarie sty stycznia led ledna jän",
        "feb february februar fev fevr fevrier febrero febbraio fevereiro februari lut lutego uno unora",
        "mar march marz maerz mrz mars marzo marco maart mrt mart marca bre brezna",
        "apr april avr avril abr abril aprile kwi kwietnia dub dubna",
        "may mai mayo mag maggio maio mei maj maja kve kvetna",
        "jun june juni juin junio giu giugno junho cze czerwca cer cervna",
        "jul july juli juil juillet julio lug luglio julho lip lipca cvc cervence",
        "aug august aout ago agosto augustus augusti sie sierpnia srp srpna",
        "sep sept september septembre septiembre set settembre setembro setiembre wrz wrzesnia zar zari",
        "oct october okt oktober octobre octubre ott ottobre out outubro paz pazdziernika rij rijna",
        "nov november novembre noviembre novembro lis listopada listopadu",
        "dec december dez dezember decembre dic diciembre dicembre dezembro gru grudnia pro prosince",
    ];

    private static readonly FrozenDictionary<string, int> s_monthByName = s_months
        .SelectMany((names, month) => names.Split(' ').Select(name => (Name: Fold(name), Month: month + 1)))
        .DistinctBy(n => n.Name)
        .ToFrozenDictionary(n => n.Name, n => n.Month, StringComparer.Ordinal);

    private static readonly FrozenSet<string> s_weekdays =
        ("mon tue wed thu fri sat sun tues thur thurs monday tuesday wednesday thursday friday saturday sunday mo di mi do fr sa so "
            + "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag lun mer jeu ven sam dim lundi mardi mercredi jeudi "
            + "vendredi samedi dimanche mie jue vie sab dom lunes martes miercoles jueves viernes sabado domingo mar gio lunedi martedi "
            + "mercoledi giovedi venerdi sabato domenica seg ter qua qui sex ma wo vr za zo")
        .Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The month of a name, 1 to 12; 0 for none.</summary>
    public static int Month(string word) => s_monthByName.GetValueOrDefault(Fold(word));

    public static bool IsWeekday(string word) => s_weekdays.Contains(Fold(word));

    /// <summary>Lower case without accents.</summary>
    private static string Fold(string word)
    {
        return (Ascii.IsValid(word) ? word : word.Transliterate()).ToLowerInvariant();
    }
}
