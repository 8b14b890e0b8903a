using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using Xunit.v3;

[assembly: NetworkGraph.Waiting.TestDeadline]

namespace NetworkGraph.Waiting;

/// <summary>
/// No test hangs: one that runs for longer than any should is cancelled, so that whatever it waits on fails with its stack
/// trace; one that cannot be cancelled ends the run, by name.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
internal sealed class TestDeadlineAttribute : BeforeAfterTestAttribute
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_grace = TimeSpan.FromMinutes(2);
    private static readonly ConcurrentDictionary<string, (Timer Cancel, Timer End)> s_running = [];

    public override void Before(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (Debugger.IsAttached) return;
        var (context, name) = (TestContext.Current, test.TestDisplayName);
        s_running[test.UniqueID] = (
            new Timer(_ => Cancel(context, name), null, s_deadline, Timeout.InfiniteTimeSpan),
            new Timer(_ => Environment.FailFast(
                $"{name} ran on after it was cancelled; something in it waits without the test's cancellation token."), null,
                s_deadline + s_grace, Timeout.InfiniteTimeSpan));
    }

    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (!s_running.TryRemove(test.UniqueID, out var timers)) return;
        timers.Cancel.Dispose();
        timers.End.Dispose();
    }

    private static void Cancel(ITestContext context, string name)
    {
        context.SendDiagnosticMessage($"{name} was cancelled: it ran for {s_deadline.TotalMinutes:0} minutes.");
        context.CancelCurrentTest();
    }
}
