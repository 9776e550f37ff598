using Fairlead.Domain.Pipelines.Triggers;
using Fairlead.Triggers.Tests.Support;

namespace Fairlead.Triggers.Tests.Git;

public sealed class GitTriggerTests
{
    [Fact]
    public async Task Look_FirstSight_BeginsNothingAndLaterCommitsAreExecuted()
    {
        await using var bench = new TriggerBench(TriggerBench.Yaml("{ git: { branch: main } }"));
        await bench.RoundAsync();
        Assert.Empty(await bench.ExecutionsAsync());
        var commit = bench.Repository.Commit("Make it better\n\nAnd longer.");
        await bench.RoundAsync();
        var execution = Assert.Single(await bench.ExecutionsAsync());
        Assert.Equal(commit, execution.Plan.Commit);
        Assert.True(execution.Plan.IsPinned);
        var cause = execution.Plan.Cause;
        Assert.Equal(("git", "Ada Lovelace", "release/git", "main", "Make it better", commit), (cause.Kind, cause.By, cause.Trigger, cause.Ref, cause.Message, cause.Commit));
        await bench.RoundAsync();
        await bench.RoundAsync(60);
        Assert.Single(await bench.ExecutionsAsync());
    }

    [Fact]
    public async Task Look_TwoCommitsInOneSecond_AreTwoExecutionsInOrderForEachCommit()
    {
        await using var bench = new TriggerBench(TriggerBench.Yaml("{ git: { branch: main, each: commit } }"));
        await bench.RoundAsync();
        var commits = Enumerable.Range(0, 3).Select(i => bench.Repository.Commit($"c{i}")).ToList();
        await bench.RoundAsync();
        Assert.Equal(commits, (await bench.ExecutionsAsync()).Select(execution => execution.Plan.Commit));
    }

    [Fact]
    public async Task Look_SeveralCommitsOfAPush_AreOneExecutionOfTheNewest()
    {
        await using var bench = new TriggerBench(TriggerBench.Yaml("{ git: { branch: main } }"));
        await bench.RoundAsync();
        bench.Repository.Commit("one");
        var newest = bench.Repository.Commit("two");
        await bench.RoundAsync();
        Assert.Equal(newest, Assert.Single(await bench.ExecutionsAsync()).Plan.Commit);
    }

    [Fact]
    public async Task Begin_ProjectFileChangedAfterwards_ExecutesThePipelineOfTheCommit()
    {
        await using var bench = new TriggerBench(TriggerBench.Yaml("{ git: { branch: main, each: commit } }"));
        await bench.RoundAsync();
        var first = bench.CommitProject(TriggerBench.Yaml("{ git: { branch: main, each: commit } }").Replace("settle", "first"), "first");
        var second = bench.CommitProject(TriggerBench.Yaml("{ git: { branch: main, each: commit } }").Replace("settle", "second"), "second");
        // And what is not even committed.
        bench.WriteProject(TriggerBench.Yaml("{ git: { branch: main, each: commit } }").Replace("settle", "third"));
        await bench.RoundAsync();
        var executions = await bench.ExecutionsAsync();
        Assert.Equal([(first, "first"), (second, "second")], executions.Select(execution => (execution.Plan.Commit!, Assert.Single(execution.Plan.Stages).Name)));
    }

    [Fact]
    public async Task Begin_ProjectFileOfTheCommitIsBroken_IsFailedWithTheReasonAndLaterOnesGoOn()
    {
        await using var bench = new TriggerBench(TriggerBench.Yaml("{ git: { branch: main, each: commit } }"));
        await bench.RoundAsync();
        bench.CommitProject("project: test\npipelines: nonsense\n", "broken");
        var good = bench.CommitProject(TriggerBench.Yaml("{ git: { branch: main, each: commit } }"), "mended");
        await bench.RoundAsync();
        Assert.Equal(good, Assert.Single(await bench.ExecutionsAsync()).Plan.Commit);
        var firings = (await bench.Desk.FindAsync("release/git", TriggerBench.Token)).Firings;
        Assert.Equal([FiringStatus.Started, FiringStatus.Failed], firings.Select(firing => firing.Status));
        Assert.Contains("fairlead.yaml at ", firings[1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Look_Branches_FireByTheirPatterns()
    {
        await using var bench = new TriggerBench(TriggerBench.Yaml("{ git: { branch: [\"release/*\", \"!release/old\"] } }"));
        await bench.RoundAsync();
        bench.Repository.Commit("on main");
        bench.Repository.Run("branch", "release/old");
        bench.Repository.Run("branch", "release/1");
        await bench.RoundAsync();
        var made = Assert.Single(await bench.ExecutionsAsync());
        Assert.Equal(("release/1", bench.Repository.Head), (made.Plan.Cause.Ref, made.Plan.Commit));
        bench.Repository.Run("checkout", "-q", "release/1");
        var later = bench.Repository.Commit("on the release");
        await bench.RoundAsync();
        Assert.Equal(later, (await bench.ExecutionsAsync())[^1].Plan.Commit);
    }

    [Fact]
    public async Task Look_FastForwardToABranchThatIsNotLookedAt_FiresForItsCommits()
    {
        await using var bench = new TriggerBench(TriggerBench.Yaml("{ git: { branch: main, each: commit } }"));
        bench.Repository.Run("checkout", "-q", "-b", "feature");
        await bench.RoundAsync();
        var commits = new[] { bench.Repository.Commit("one"), bench.Repository.Commit("two") };
        await bench.RoundAsync();
        Assert.Empty(await bench.ExecutionsAsync());
        bench.Repository.Run("checkout", "-q", "main");
        bench.Repository.Run("merge", "-q", "--ff-only", "feature");
        await bench.RoundAsync();
        Assert.Equal(commits, (await bench.ExecutionsAsync()).Select(execution => execution.Plan.Commit));
    }

    [Fact]
    public async Task Look_BranchForcedBackAndForth_ExecutesEachCommitOnce()
    {
        await using var bench = new TriggerBench(TriggerBench.Yaml("{ git: { branch: main } }"));
        var start = bench.Repository.Head;
        await bench.RoundAsync();
        var first = bench.Repository.Commit("first");
        await bench.RoundAsync();
        bench.Repository.Run("reset", "-q", "--hard", start);
        await bench.RoundAsync();
        var second = bench.Repository.Commit("second");
        await bench.RoundAsync();
        bench.Repository.Run("reset", "-q", "--hard", first);
        await bench.RoundAsync();
        // The history that was there is gone: what can be reached still tells what is new.
        bench.Repository.Run("update-ref", "-d", "refs/heads/main");
        bench.Repository.Run("reflog", "expire", "--expire=now", "--all");
        bench.Repository.Run("checkout", "-q", "--orphan", "other");
        bench.Repository.Run("commit", "-q", "-m", "another history");
        bench.Repository.Run("branch", "-M", "main");
        bench.Repository.Run("gc", "-q", "--prune=now");
        await bench.RoundAsync();
        Assert.Equal([first, second, bench.Repository.Head], (await bench.ExecutionsAsync()).Select(execution => execution.Plan.Commit));
    }

    [Fact]
    public async Task Look_Tags_FireWithTheCommitThatTheyStandFor()
    {
        await using var bench = new TriggerBench(TriggerBench.Yaml("{ git: { tag: \"v*\" } }"));
        bench.Repository.Run("tag", "v0");
        await bench.RoundAsync();
        var commit = bench.Repository.Commit("more");
        bench.Repository.Run("tag", "-a", "v1", "-m", "one");
        bench.Repository.Run("tag", "v1-same");
        bench.Repository.Run("tag", "other");
        bench.Repository.Run("tag", "v-tree", "HEAD^{tree}");
        await bench.RoundAsync();
        Assert.Equal([("v1", commit), ("v1-same", commit)], (await bench.ExecutionsAsync()).Select(execution => (execution.Plan.Cause.Ref!, execution.Plan.Commit!)).Order());
    }

    [Fact]
    public async Task Look_Paths_FireForWhatTouchesThemAlone()
    {
        await using var bench = new TriggerBench(TriggerBench.Yaml("{ git: { branch: main, each: commit, paths: [\"src/**\", \"!src/docs/**\"] } }"));
        await bench.RoundAsync();
        bench.Repository.Commit("elsewhere", "other/ä ö.txt");
        bench.Repository.Commit("documents", "src/docs/a.md");
        var meant = bench.Repository.Commit("code", "src/ü b.txt");
        await bench.RoundAsync();
        Assert.Equal(meant, Assert.Single(await bench.ExecutionsAsync()).Plan.Commit);
    }

    [Fact]
    public async Task Look_Merge_CountsWithWhatItBroughtToTheBranch()
    {
        await using var bench = new TriggerBench(TriggerBench.Yaml("{ git: { branch: main, paths: [\"src/**\"] } }"));
        await bench.RoundAsync();
        bench.Repository.Run("checkout", "-q", "-b", "feature");
        bench.Repository.Commit("code", "src/a.txt");
        bench.Repository.Run("checkout", "-q", "main");
        bench.Repository.Commit("elsewhere", "b.txt");
        await bench.RoundAsync();
        Assert.Empty(await bench.ExecutionsAsync());
        bench.Repository.Run("merge", "-q", "--no-edit", "feature");
        await bench.RoundAsync();
        Assert.Equal(bench.Repository.Head, Assert.Single(await bench.ExecutionsAsync()).Plan.Commit);
    }

    [Fact]
    public async Task Look_TenThousandRefs_FindsTheOneThatMoved()
    {
        await using var bench = new TriggerBench(TriggerBench.Yaml("{ git: { branch: \"**\" } }"));
        var head = bench.Repository.Head;
        File.WriteAllLines(Path.Combine(bench.Root, ".git", "packed-refs"), ["# pack-refs with: peeled fully-peeled sorted ", .. Enumerable.Range(0, 10_000).Select(i => $"{head} refs/heads/b{i:D5}")]);
        await bench.RoundAsync();
        bench.Repository.Run("checkout", "-q", "b04711");
        var commit = bench.Repository.Commit("moved");
        await bench.RoundAsync();
        var execution = Assert.Single(await bench.ExecutionsAsync());
        Assert.Equal((commit, "b04711"), (execution.Plan.Commit, execution.Plan.Cause.Ref));
    }

    [Fact]
    public async Task Look_WorkspaceIsWhatRuns_LeavesTheProjectAsItIs()
    {
        await using var bench = new TriggerBench(TriggerBench.Yaml("{ git: { branch: main, run: workspace }, inputs: { which: \"${{ trigger.commit }}\" } }", "{ which: { } }"));
        await bench.RoundAsync();
        var commit = bench.Repository.Commit("more");
        await bench.RoundAsync();
        var execution = Assert.Single(await bench.ExecutionsAsync());
        Assert.False(execution.Plan.IsPinned);
        Assert.Equal(commit, execution.Plan.Inputs["which"].GetString());
    }
}
