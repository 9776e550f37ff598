using Fairlead.Triggers.Tests.Support;

namespace Fairlead.Triggers.Tests.Running;

public sealed class KillTests
{
    private const string Yaml = "{ git: { branch: main, each: commit } }";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kill_AtEveryWrite_LosesAndDoublesNothing()
    {
        var writes = await RunAsync(0, isAfter: false);
        Assert.True(writes >= 7, $"{writes} writes");
        for (var at = 1; at <= writes; at++)
            await Task.WhenAll(RunAsync(at, isAfter: false), RunAsync(at, isAfter: true));
    }

    /// <summary>Three commits after the first sight, seen by a process that is killed and by another one that is not, which is this one.</summary>
    private static async Task<int> RunAsync(int killAt, bool isAfter)
    {
        using var folder = new TempFolder();
        var repository = GitRepository.Create(folder.Path);
        repository.Commit("ignore", ".gitignore", ".fairlead/\n");
        repository.Commit("start", "fairlead.yaml", TriggerBench.Yaml(Yaml));
        await ChildProcess.LookAsync(folder.Path, 0, isAfter: false);
        var commits = Enumerable.Range(0, 3).Select(i => repository.Commit($"c{i}")).ToList();
        if (killAt > 0)
            await KillAsync(folder.Path, killAt, isAfter);
        var writes = await ChildProcess.LookAsync(folder.Path, 0, isAfter: false);
        await using var bench = new TriggerBench(folder.Path, catalog => catalog, starter => starter);
        Assert.Equal(commits, (await bench.ExecutionsAsync()).Select(execution => execution.Plan.Commit));
        Assert.Empty(await bench.Catalog.Triggers.ListPendingAsync(10, Token));
        return writes;
    }

    private static async Task KillAsync(string folder, int killAt, bool isAfter)
    {
        using var process = ChildProcess.Start(folder, killAt, isAfter);
        await process.WaitForExitAsync(Token);
        Assert.Equal(137, process.ExitCode);
    }
}
