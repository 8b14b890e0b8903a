using NetworkGraph.Engine.Ties;

namespace NetworkGraph.Engine.Tests.Ties;

public class TieDecayTests
{
    private const long StepMs = 1800L * 86_400_000;

    [Theory]
    [InlineData(0, 0)]
    [InlineData(StepMs - 1, 0)]
    [InlineData(StepMs, StepMs)]
    [InlineData(-1, -StepMs)]
    [InlineData(-StepMs, -StepMs)]
    [InlineData(11 * StepMs + 12345, 11 * StepMs)]
    public void The_landmark_of_a_date_is_the_last_multiple_of_ten_half_lives(long dateMs, long landmarkMs)
    {
        TieDecay.At(dateMs, 180).ShouldBe(new TieDecay(landmarkMs, 180));
        TieDecay.At(dateMs, 180).Factor(dateMs).ShouldBeInRange(1 / 1024d, 1);
    }
}
