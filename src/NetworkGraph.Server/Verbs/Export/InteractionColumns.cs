using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers.Csv;

namespace NetworkGraph.Server.Verbs.Export;

/// <summary>The fields of an interaction, where it is a row with values of their own types.</summary>
internal static class InteractionColumns
{
    public static readonly IReadOnlyList<Column<Interaction>> All =
    [
        new("id", ColumnType.Text, "", i => i.Id),
        new("at", ColumnType.Time, "when it happened", i => DateTimeOffset.FromUnixTimeMilliseconds(i.AtMs)),
        new("from", ColumnType.Text, "who acted", i => i.From),
        new("to", ColumnType.Text, "towards whom, separated by ';'", i => i.To.Length == 0 ? null : InteractionCsv.Joined(i.To)),
        new("recipients", ColumnType.Count, "how many they are", i => i.To.Length),
        new("kind", ColumnType.Text, "", i => WireNames.Of(i.Kind)),
        new("exchange", ColumnType.Text, "", i => WireNames.Of(i.Exchange)),
        new("exchangeBy", ColumnType.Text, "", i => WireNames.Of(i.ExchangeBy)),
        new("exchangeConfidence", ColumnType.Number, "", i => i.ExchangeConfidence),
        new("setting", ColumnType.Text, "", i => WireNames.Of(i.Setting)),
        new("channel", ColumnType.Text, "", i => i.Channel),
        new("venue", ColumnType.Text, "", i => i.Venue),
        new("series", ColumnType.Text, "", i => i.Series),
        new("inReplyTo", ColumnType.Text, "", i => i.InReplyTo),
        new("about", ColumnType.Text, "", i => i.About),
        new("personalised", ColumnType.Flag, "", i => i.Personalised),
        new("lengthSeconds", ColumnType.Number, "", i => i.LengthSeconds),
        new("batch", ColumnType.Text, "", i => i.Batch),
    ];
}
