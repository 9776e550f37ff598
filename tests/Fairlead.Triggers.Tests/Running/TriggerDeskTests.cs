using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Domain.Pipelines.Triggers;
using Fairlead.Domain.Problems;
using Fairlead.Triggers.Running;
using Fairlead.Triggers.Tests.Support;

namespace Fairlead.Triggers.Tests.Running;

public sealed class TriggerDeskTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task List_Triggers_AreNamedAndSaidHowTheyAre()
    {
        await using var bench = new TriggerBench(TriggerBench.Yaml("{ git: { branch: main } }, { git: { tag: v } }, { cron: \"0 6 * * *\", name: morning }, { webhook: env:HOOK }"));
        await bench.RoundAsync();
        var reports = await bench.Desk.ListAsync(Token);
        Assert.Equal(["release/git", "release/git-2", "release/morning", "release/webhook"], reports.Select(report => report.Name));
        Assert.All(reports, report => Assert.Equal(TriggerStatus.Active, report.Status));
        Assert.Equal("/api/hooks/release/webhook", reports[3].Hook);
        var unknown = await Assert.ThrowsAsync<FairleadException>(() => bench.Desk.FindAsync("release/gti", Token));
        Assert.Equal("There is no trigger 'release/gti'; did you mean 'release/git'?", unknown.Message);
    }

    [Fact]
    public async Task ProjectFile_ChangesAndBreaks_TriggersFollowAndThenStay()
    {
        await using var bench = new TriggerBench(TriggerBench.Yaml("{ git: { branch: other } }"));
        await bench.RoundAsync();
        bench.WriteProject(TriggerBench.Yaml("{ git: { branch: main } }"));
        await bench.RoundAsync();
        bench.WriteProject("project: [");
        await bench.RoundAsync();
        bench.Repository.Run("checkout", "-q", "--", "fairlead.yaml");
        bench.WriteProject("project: [[");
        // What is committed is another matter than what stands in the work tree.
        File.WriteAllText(Path.Combine(bench.Root, "a"), "a");
        bench.Repository.Run("add", "a");
        bench.Repository.Run("commit", "-q", "-m", "more");
        await bench.RoundAsync();
        Assert.Equal(bench.Repository.Head, Assert.Single(await bench.ExecutionsAsync()).Plan.Commit);
    }

    [Fact]
    public async Task Fire_ByHand_RepeatsTheLastWithAnotherCause()
    {
        await using var bench = new TriggerBench(TriggerBench.Yaml("{ git: { branch: main }, when: \"trigger.message = 'never'\", inputs: { text: \"${{ trigger.message }}\" } }", "{ text: { } }"));
        await bench.RoundAsync();
        var commit = bench.Repository.Commit("skipped");
        await bench.RoundAsync();
        Assert.Empty(await bench.ExecutionsAsync());
        var order = await bench.Desk.PrepareAsync("release/git", "ann", null, Token);
        await bench.Engine.StartAsync(order, Token);
        await bench.Engine.StartAsync(order, Token);
        var executions = await bench.ExecutionsAsync();
        Assert.Equal(2, executions.Count);
        Assert.Equal((commit, "skipped", "ann", "manual", "release/git"), (executions[0].Plan.Commit, executions[0].Plan.Inputs["text"].GetString(), executions[0].Plan.Cause.By, executions[0].Plan.Cause.Kind, executions[0].Plan.Cause.Trigger));
    }

    [Fact]
    public async Task Begin_EngineIsAwayForAWhile_BeginsLaterInOrderAndOthersAtOnce()
    {
        using var folder = new TempFolder();
        var repository = GitRepository.Create(folder.Path);
        repository.Commit("ignore", ".gitignore", ".fairlead/\n");
        repository.Commit("start", "fairlead.yaml", TriggerBench.Yaml("{ git: { branch: main, each: commit } }, { alert: drift }"));
        var starter = new UnwillingStarter("release/git");
        await using var bench = new TriggerBench(folder.Path, catalog => catalog, inner => starter.Around(inner));
        await bench.RoundAsync();
        var commits = new[] { repository.Commit("one"), repository.Commit("two") };
        bench.Alerts.Firing = [new FiringAlert("drift", "", bench.Time.GetUtcNow(), null)];
        await bench.RoundAsync(5);
        await bench.RoundAsync(5);
        Assert.Equal("alert", Assert.Single(await bench.ExecutionsAsync()).Plan.Cause.Kind);
        starter.IsWilling = true;
        await bench.RoundAsync(700);
        Assert.Equal(commits, (await bench.ExecutionsAsync()).Skip(1).Select(execution => execution.Plan.Commit));
    }

    /// <summary>Cannot begin what one trigger wants.</summary>
    private sealed class UnwillingStarter(string trigger) : IExecutionStarter
    {
        private IExecutionStarter? inner;

        public bool IsWilling { get; set; }

        public IExecutionStarter Around(IExecutionStarter starter)
        {
            inner = starter;
            return this;
        }

        public Task<int> StartAsync(ExecutionOrder order, CancellationToken cancellationToken) =>
            IsWilling || order.Cause.Trigger != trigger ? inner!.StartAsync(order, cancellationToken) : throw FairleadException.Unavailable("The catalog is away.");
    }
}
