using NetworkGraph.Server.Host;

namespace NetworkGraph.Server.Tests.Options;

public class OpenFilesLimitTests
{
    [Theory]
    [InlineData("Max open files            100                  100                  files     ", true)]
    [InlineData("Max open files            1048576              1048576              files     ", false)]
    [InlineData("Max open files            unlimited            unlimited            files     ", false)]
    [InlineData("Max processes             100                  100                  processes ", false)]
    public void Too_few_open_files_are_said_in_a_sentence(string line, bool isTooLow) =>
        (OpenFilesLimit.WhyTooLow([line]) is not null).ShouldBe(isTooLow);
}
