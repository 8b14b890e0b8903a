using NetworkGraph.Importers.Csv;

namespace NetworkGraph.Importers.Tests.Csv;

/// <summary>A cell that a spreadsheet would compute is written as text, and read back as it was.</summary>
public class FormulaCellTests
{
    [Theory]
    [InlineData("=HYPERLINK(\"http://x\")", "\"'=HYPERLINK(\"\"http://x\"\")\"")]
    [InlineData("+4930123456", "'+4930123456")]
    [InlineData("-1+1", "'-1+1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("'=1", "''=1")]
    [InlineData("'quoted'", "'quoted'")]
    [InlineData("ann@example.org", "ann@example.org")]
    [InlineData("a=b", "a=b")]
    [InlineData("", "")]
    public void A_formula_is_written_as_text(string text, string cell)
    {
        using var csv = new StringWriter();
        InteractionCsv.WriteCell(csv, text);
        csv.ToString().ShouldBe(cell);
    }
}
