using System.Text;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Runs;
using Fairlead.Steps.Logs;
using Fairlead.Steps.Tests.Support;

namespace Fairlead.Steps.Tests.Logs;

public sealed class RunLogsTests
{
    [Fact]
    public async Task Copy_OfARunThatRuns_FollowsItToItsEnd()
    {
        using var signs = new TempFolder();
        using var project = new TestProject($$"""
            project: tiny
            steps:
              a: { run: "echo one; echo two; while [ ! -e '{{signs["go"]}}' ]; do sleep 0.01; done; echo three; echo 1 > out/x", outputs: [x], sandbox: none }
            """);
        var running = project.RunAsync();
        var logs = new RunLogs(project.State, project.Catalog, project.Store, TimeProvider.System);
        await Until.Holds(() => project.Catalog.FindAsync(new RunId("a", 1), TestProject.Token).Result is not null);
        using var followed = new SignalStream("two\n");
        var following = logs.CopyAsync(new RunId("a", 1), lines: null, follow: true, followed, TestProject.Token);
        await followed.Seen;
        Assert.False(following.IsCompleted);
        using var soFar = new MemoryStream();
        await logs.CopyAsync(new RunId("a", 1), lines: 1, follow: false, soFar, TestProject.Token);
        Assert.Equal("two\n", Encoding.UTF8.GetString(soFar.ToArray()));
        signs.Write("go", "");
        await following;
        Assert.Equal("one\ntwo\nthree\n", Encoding.UTF8.GetString(followed.ToArray()));
        await running;
    }

    [Theory]
    [InlineData(null, "1\n2\n3\n")]
    [InlineData(0, "")]
    [InlineData(1, "3\n")]
    [InlineData(2, "2\n3\n")]
    [InlineData(9, "1\n2\n3\n")]
    public async Task Copy_OfARunThatEnded_BeginsWithTheLinesThatAreWanted(int? lines, string expected)
    {
        using var project = new TestProject("project: tiny\nsteps:\n  a: { run: 'echo 1; echo 2; echo 3; echo 1 > out/x', outputs: [x] }\n");
        await project.OutcomesAsync();
        var logs = new RunLogs(project.State, project.Catalog, project.Store, TimeProvider.System);
        using var copy = new MemoryStream();
        await logs.CopyAsync(new RunId("a", 1), lines, follow: true, copy, TestProject.Token);
        Assert.Equal(expected, Encoding.UTF8.GetString(copy.ToArray()));
        var problem = await Assert.ThrowsAsync<FairleadException>(() => logs.CopyAsync(new RunId("a", 2), null, true, copy, TestProject.Token));
        Assert.Equal(ProblemKind.NotFound, problem.Kind);
    }

    /// <summary>Tells when a text has been written to it.</summary>
    private sealed class SignalStream(string awaited) : MemoryStream
    {
        private readonly TaskCompletionSource seen = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Seen => seen.Task;

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await base.WriteAsync(buffer, cancellationToken);
            if (Encoding.UTF8.GetString(ToArray()).Contains(awaited, StringComparison.Ordinal))
                seen.TrySetResult();
        }
    }
}
