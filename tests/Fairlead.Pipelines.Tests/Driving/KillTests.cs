using System.Text.Json;
using Fairlead.Catalog;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Testing;

namespace Fairlead.Pipelines.Tests.Driving;

public sealed class KillTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("fairlead-pipelines-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public async Task Kill_AtEveryRecordedTransition_EndsTheSameWithNoEffectMissingOrDoubled()
    {
        var undisturbed = await RunAsync("undisturbed", 0, false);
        Assert.True(undisturbed.Writes > 20, $"Only {undisturbed.Writes} transitions: the pipeline is not the one that was meant.");
        // A slice takes every third moment, another one on each side of the write.
        for (var at = 1; at <= undisturbed.Writes; at += Campaign.Rounds(3, 1))
        {
            foreach (var isAfter in Campaign.IsLong ? [false, true] : new[] { at % 2 == 0 })
            {
                var disturbed = await RunAsync($"{at}-{isAfter}", at, isAfter);
                Assert.Equal(undisturbed.State, disturbed.State);
                Assert.Equal(undisturbed.Effects, disturbed.Effects);
            }
        }
    }

    [Fact]
    public async Task TwoControlPlanes_OneIsKilled_NeverBothDriveOne()
    {
        using var first = ChildProcess.StartShared(root, 40);
        await first.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        using var second = ChildProcess.StartShared(root, 40);
        for (var i = 0; i < 20; i++)
            await second.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        first.Kill();
        await first.WaitForExitAsync(TestContext.Current.CancellationToken);
        _ = await second.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await second.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, second.ExitCode);
        var effects = await File.ReadAllLinesAsync(Path.Combine(root, "effects"), TestContext.Current.CancellationToken);
        Assert.Equal(effects.Length, effects.Distinct().Count());
        await using var catalog = SqliteCatalog.Open(Path.Combine(root, "catalog.db"), TimeProvider.System);
        var all = await catalog.Executions.ListAsync(new ExecutionFilter { Limit = 1000 }, TestContext.Current.CancellationToken);
        Assert.All(all, execution => Assert.Equal(ExecutionStatus.Succeeded, execution.Status));
        Assert.Equal(all.Count * 6, effects.Length);
    }

    private async Task<(int Writes, string State, string Effects)> RunAsync(string name, int killAt, bool isAfter)
    {
        var folder = Directory.CreateDirectory(Path.Combine(root, name)).FullName;
        var writes = 0;
        for (var start = 0; ; start++)
        {
            using var child = ChildProcess.Start(folder, start == 0 ? killAt : 0, isAfter);
            var output = await child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await child.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(start < 3, "It did not end.");
            if (child.ExitCode != 0)
                continue;
            writes = int.Parse(output);
            break;
        }

        await using var catalog = SqliteCatalog.Open(Path.Combine(folder, "catalog.db"), TimeProvider.System);
        var effects = await File.ReadAllLinesAsync(Path.Combine(folder, "effects"), TestContext.Current.CancellationToken);
        return (writes, await StatesAsync(catalog), string.Join('\n', effects.Order(StringComparer.Ordinal)));
    }

    private static async Task<string> StatesAsync(SqliteCatalog catalog)
    {
        var lines = new List<string>();
        foreach (var summary in (await catalog.Executions.ListAsync(new ExecutionFilter(), TestContext.Current.CancellationToken)).OrderBy(one => one.Number))
        {
            var state = (await catalog.Executions.FindAsync(summary.Number, TestContext.Current.CancellationToken))!.State;
            lines.Add($"{summary.Pipeline} {state.Status} {state.Reason}");
            lines.AddRange(state.Stages.Select(stage => $"{stage.Name} {stage.Status} {stage.Attempt} {stage.Error} {stage.Undo?.Status} {(stage.Output is { } output ? JsonSerializer.Serialize(output) : "")}"));
        }

        return string.Join('\n', lines);
    }
}
