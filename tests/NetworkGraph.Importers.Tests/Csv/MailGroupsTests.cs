using NetworkGraph.Importers.Tests.Rows;

namespace NetworkGraph.Importers.Tests.Csv;

/// <summary>One mail to several people, told in a row for each, is one interaction.</summary>
public class MailGroupsTests
{
    private const string Header = "from,to,at,kind\n";

    [Fact]
    public void Rows_of_one_sender_in_one_second_are_one_mail()
    {
        var read = Read("ann,bob,2025-01-01T09:00:00Z,message\neve,dan,2025-01-01T09:00:00Z,message\n"
            + "ann,cai,2025-01-01T09:00:00Z,message\nann,bob,2025-01-01T09:00:01Z,message\n");
        read.ShouldBe(["ann>bob,cai", "eve>dan", "ann>bob"]);
    }

    [Fact]
    public void Other_kinds_other_seconds_and_repeats_stay_apart()
    {
        Read("ann,bob,2025-01-01T09:00:00Z,meeting\nann,cai,2025-01-01T09:00:00Z,meeting\n").ShouldBe(["ann>bob", "ann>cai"]);
        Read("ann,bob,2025-01-01T09:00:00Z,message\nann,bob,2025-01-01T09:00:00Z,message\n").ShouldBe(["ann>bob", "ann>bob"]);
        Read("ann,bob,2025-01-01T09:00:00.900Z,message\nann,cai,2025-01-01T09:00:01.100Z,message\n").ShouldBe(["ann>bob", "ann>cai"]);
        Read("ann,bob,2025-01-01T09:00:00.100Z,message\nann,cai,2025-01-01T09:00:00.900Z,message\n").ShouldBe(["ann>bob,cai"]);
    }

    [Fact]
    public void Rows_with_ids_of_their_own_stay_apart() =>
        Reading.Csv("id,from,to,at,kind\n1,ann,bob,2025-01-01T09:00:00Z,message\n2,ann,cai,2025-01-01T09:00:00Z,message\n")
        .Interactions.Select(i => $"{i.From}>{string.Join(',', i.To)}").ShouldBe(["ann>bob", "ann>cai"]);

    private static IEnumerable<string> Read(string rows) =>
        Reading.Csv(Header + rows).Interactions.Select(i => $"{i.From}>{string.Join(',', i.To)}");
}
