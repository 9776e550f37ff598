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
        {
            await RunAsync(at, isAfter: false);
            await RunAsync(at, isAfter: true);
        }
    }

    /// <summary>Three commits after the first sight, seen by a process that is killed and by a second one that is not.</summary>
    private static async Task<int> RunAsync(int killAt, bool isAfter)
    {
        using var folder = new TempFolder();
        var repository = GitRepository.Create(folder.Path);
        repository.Commit("ignore", ".gitignore", ".fairlead/\n");
        repository.Commit("start", "fairlead.yaml", TriggerBench.Yaml(Yaml));
        await RunToEndAsync(folder.Path, 0, isAfter: false);
        var commits = Enumerable.Range(0, 3).Select(i => repository.Commit($"c{i}")).ToList();
        var writes = await RunToEndAsync(folder.Path, killAt, isAfter);
        await RunToEndAsync(folder.Path, 0, isAfter: false);
        await using var bench = new TriggerBench(folder.Path, catalog => catalog, starter => starter);
        Assert.Equal(commits, (await bench.ExecutionsAsync()).Select(execution => execution.Plan.Commit));
        Assert.Empty(await bench.Catalog.Triggers.ListPendingAsync(10, Token));
        return writes;
    }

    private static async Task<int> RunToEndAsync(string folder, int killAt, bool isAfter)
    {
        using var process = ChildProcess.Start(folder, killAt, isAfter);
        var output = await process.StandardOutput.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        Assert.Equal(killAt == 0 ? 0 : 137, process.ExitCode);
        return killAt == 0 ? int.Parse(output) : 0;
    }
}
