using System.Text;
using Fairlead.Triggers.Running;
using Fairlead.Triggers.Tests.Support;

namespace Fairlead.Triggers.Tests.Git;

public sealed class RemoteTriggerTests
{
    private const string Secret = "s3cr3t-t0ken-of-this-test";

    [Fact]
    public async Task Look_RemoteWithCredentials_ExecutesItsCommitsFromACopy()
    {
        await using var remote = await RemoteAsync();
        remote.Server.Authorization = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"x-access-token:{Secret}"));
        await using var bench = new TriggerBench(TriggerBench.Yaml($"{{ git: {{ branch: main, url: \"{remote.Url}\", credentials: env:GIT_TOKEN, interval: 5s }} }}"));
        bench.Secrets["env:GIT_TOKEN"] = Secret + "\n";
        await bench.RoundAsync(10);
        Assert.Null((await bench.Desk.FindAsync("release/git", TriggerBench.Token)).Trigger.Problem);
        var commit = Remote.Commit(remote, TriggerBench.Yaml("").Replace("settle", "remote"), "far away");
        await bench.RoundAsync(10);
        var execution = Assert.Single(await bench.ExecutionsAsync());
        Assert.Equal((commit, "remote"), (execution.Plan.Commit, execution.Plan.Stages[0].Name));
        Assert.DoesNotContain(commit, bench.Repository.Run("rev-list", "--all"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Look_RemoteIsDownOrRefuses_IsSaidOnceWithoutSecretsAndOthersGoOn()
    {
        await using var remote = await RemoteAsync();
        remote.Server.Authorization = "Basic nobody has this";
        var log = new LogLines<TriggerDesk>();
        await using var bench = new TriggerBench(TriggerBench.Yaml($"{{ git: {{ url: \"{remote.Url}\", credentials: env:GIT_TOKEN, interval: 5s }} }}, {{ git: {{ branch: main }}, name: own }}"), log);
        bench.Secrets["env:GIT_TOKEN"] = Secret;
        for (var i = 0; i < 4; i++)
            await bench.RoundAsync(3600);
        var report = (await bench.Desk.FindAsync("release/git", TriggerBench.Token)).Trigger;
        Assert.Equal(TriggerStatus.Failing, report.Status);
        Assert.Contains("cannot be read", report.Problem, StringComparison.Ordinal);
        Assert.Single(log.Lines, line => line.Contains("release/git", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, line => line.Contains(Secret, StringComparison.Ordinal));
        var commit = bench.Repository.Commit("here");
        await bench.RoundAsync();
        Assert.Equal(commit, Assert.Single(await bench.ExecutionsAsync()).Plan.Commit);
        remote.Server.Authorization = null;
        await bench.RoundAsync(7200);
        Assert.Equal(TriggerStatus.Active, (await bench.Desk.FindAsync("release/git", TriggerBench.Token)).Trigger.Status);
    }

    [Fact]
    public async Task Look_RemoteForcedAndBranchesReplacedByFolders_GoesOn()
    {
        await using var remote = await RemoteAsync();
        await using var bench = new TriggerBench(TriggerBench.Yaml($"{{ git: {{ branch: \"**\", url: \"{remote.Url}\", interval: 5s }} }}"));
        remote.Work.Run("branch", "a");
        remote.Work.Run("push", "-q", "origin", "a");
        await bench.RoundAsync(10);
        remote.Work.Run("branch", "-D", "a");
        remote.Work.Run("push", "-q", "origin", ":a");
        remote.Work.Run("checkout", "-q", "-b", "a/b");
        var first = Remote.Commit(remote, TriggerBench.Yaml("") + "# more\n", "in a folder");
        await bench.RoundAsync(10);
        remote.Work.Run("commit", "-q", "--amend", "-m", "amended");
        remote.Work.Run("push", "-qf", "origin", "HEAD");
        await bench.RoundAsync(10);
        Assert.Equal([first, remote.Work.Head], (await bench.ExecutionsAsync()).Select(execution => execution.Plan.Commit));
    }

    private static async Task<Remote> RemoteAsync()
    {
        var folder = new TempFolder();
        GitRepository.Create(Path.Combine(folder.Path, "project.git")).Run("config", "core.bare", "true");
        var work = GitRepository.Create(Path.Combine(folder.Path, "work"));
        work.Run("remote", "add", "origin", Path.Combine(folder.Path, "project.git"));
        var remote = new Remote(folder, work, await GitServer.StartAsync(folder.Path));
        Remote.Commit(remote, TriggerBench.Yaml(""), "start");
        return remote;
    }

    private sealed record Remote(TempFolder Folder, GitRepository Work, GitServer Server) : IAsyncDisposable
    {
        public string Url => $"{Server.Url}/project.git";

        public static string Commit(Remote remote, string yaml, string message)
        {
            var commit = remote.Work.Commit(message, "fairlead.yaml", yaml.Replace("triggers: [  ]", "triggers: []"));
            remote.Work.Run("push", "-q", "origin", "HEAD");
            return commit;
        }

        public async ValueTask DisposeAsync()
        {
            await Server.DisposeAsync();
            Folder.Dispose();
        }
    }
}
