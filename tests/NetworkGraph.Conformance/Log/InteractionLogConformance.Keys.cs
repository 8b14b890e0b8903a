using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;

namespace NetworkGraph.Conformance.Log;

public abstract partial class InteractionLogConformance
{
    [Fact]
    public async Task A_requirement_of_keys_is_found_without_reading_the_log()
    {
        await AppendAsync(SampleRecords.Many(0, 30));
        (await RequiredKeys.StandAsync(Log, Now)).ShouldBeFalse();
        var required = new KeysRequirement { AtMs = 5, Stands = true };
        (await AppendAsync(required))[0].ShouldBe(new AppendResult(AppendOutcome.Accepted, 31));
        (await RequiredKeys.StandAsync(Log, Now)).ShouldBeTrue();
        await ReopenAsync();
        (await RequiredKeys.StandAsync(Log, Now)).ShouldBeTrue();
        await AppendAsync(new KeysRequirement { AtMs = 6, Stands = false });
        (await RequiredKeys.StandAsync(Log, Now)).ShouldBeFalse();
        ShouldBeSame(await AllAsync(30), [required, new KeysRequirement { AtMs = 6, Stands = false }]);
    }

    [Fact]
    public async Task All_ids_of_a_person_are_erased_together()
    {
        await AppendAsync(SampleRecords.Between("e1", Eve, "b"), SampleRecords.Between("e2", "a", "eve@home.example"),
            SampleRecords.Numbered(1));
        (await Log.EraseAsync(new Erasure([Eve, "eve@home.example"], [1, 2], 7), Now)).ShouldBe(4);
        ShouldBeSame(await AllAsync(),
            [new Tombstone(), new Tombstone(), SampleRecords.Numbered(1), new PersonErased { AtMs = 7, Tombstones = 2 }]);
    }

    [Fact]
    public async Task The_durable_position_is_that_of_the_last_record_acknowledged()
    {
        await AppendAsync(SampleRecords.Many(0, 12));
        (await Log.DurablePositionAsync(Now)).ShouldBe(12);
        Log.RefusesBecause.ShouldBeNull();
    }
}
