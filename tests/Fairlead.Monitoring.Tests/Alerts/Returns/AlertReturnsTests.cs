using Fairlead.Catalog;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Identity;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Records;
using Fairlead.Monitoring.Alerts;
using Fairlead.Monitoring.Alerts.Returns;
using Fairlead.Monitoring.Tests.Experiments;
using Fairlead.Monitoring.Tests.Kpis;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairlead.Monitoring.Tests.Alerts.Returns;

public sealed class AlertReturnsTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 2, 12, 0, 0, TimeSpan.Zero);
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("fairlead-returns-");
    private readonly SqliteCatalog catalog;
    private readonly SteppedTime time = new(Start);
    private readonly Rollouts rollouts = new();
    private readonly AlertStore store;
    private readonly FixedWorkspace workspace = new()
    {
        Project = new ProjectDefinition
        {
            Name = "p",
            Alerts =
            [
                new AlertDefinition { Name = "errors", Metric = "error.rate", Condition = new Threshold(ThresholdOperator.Above, 0.01), Rollback = true },
                new AlertDefinition { Name = "slow", Metric = "latency.p99", Condition = new Threshold(ThresholdOperator.Above, 50) },
            ],
        },
    };

    public AlertReturnsTests()
    {
        catalog = SqliteCatalog.Open(Path.Combine(root.FullName, "catalog.db"), time);
        store = new AlertStore(catalog.Records);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await catalog.DisposeAsync();
        root.Delete(recursive: true);
    }

    [Fact]
    public async Task RunOnce_AFiringAfterARollout_TakesItBackOnceAndSaysWhy()
    {
        rollouts.All.Add(Ended(1));
        await FireAsync("errors", Start + TimeSpan.FromMinutes(5));

        Assert.Equal(1, await RunAsync());
        for (var i = 0; i < 5; i++)
            Assert.Equal(0, await RunAsync());

        Assert.Equal(["back prod late by alert errors: The alert 'errors' fires for 'late/prod': error.rate > 0.01 holds with 0.07."], rollouts.Asked);
        var entry = Assert.Single(await catalog.Audit.ListAsync(new AuditFilter(), Token), entry => entry.What == "deployment.rollback");
        Assert.Equal(("alert errors", "prod"), (entry.Who, entry.Target));
        Assert.Contains("0.07", entry.Detail!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunOnce_WhenItFiresAgain_DoesNotTakeBackTheWayBack()
    {
        rollouts.All.Add(Ended(1));
        await FireAsync("errors", Start + TimeSpan.FromMinutes(5));
        await RunAsync();
        rollouts.All[^1] = rollouts.All[^1] with { Phase = RolloutPhase.Ended, Outcome = RolloutOutcome.Succeeded, EndedAt = Start + TimeSpan.FromMinutes(6) };

        await FireAsync("errors", Start + TimeSpan.FromMinutes(8));
        Assert.Equal(1, await RunAsync());

        Assert.Single(rollouts.Asked);
        Assert.Equal(["nothing", "rolledBack"], (await catalog.Records.ListAsync(RecordKind.AlertReturn, new RecordFilter(), Token)).Select(record => record.Status));
    }

    [Fact]
    public async Task RunOnce_ARolloutThatIsUnderWay_IsAborted()
    {
        rollouts.All.Add(Rollouts.Of(1, RolloutKind.Deployment, Start));
        await FireAsync("errors", Start + TimeSpan.FromMinutes(1));

        await RunAsync();

        Assert.Equal(["abort 1 by alert errors"], rollouts.Asked);
    }

    [Fact]
    public async Task RunOnce_OtherRulesAndSilencedOnes_DoNothing()
    {
        rollouts.All.Add(Ended(1));
        await FireAsync("slow", Start + TimeSpan.FromMinutes(5));
        await FireAsync("errors", Start + TimeSpan.FromMinutes(5));
        await store.AddSilenceAsync(new AlertSilence("errors", "known", "ada", Start, Start + TimeSpan.FromHours(1)), Token);

        Assert.Equal(0, await RunAsync());
        Assert.Empty(rollouts.Asked);

        // What fires on at the end of the silence came shortly after the rollout all the same.
        time.Advance(TimeSpan.FromHours(2));
        Assert.Equal(1, await RunAsync());
        Assert.Single(rollouts.Asked);
    }

    [Fact]
    public async Task RunOnce_AControlPlaneThatEndedInTheMiddle_DoesItOnce()
    {
        rollouts.All.Add(Ended(1));
        rollouts.Failure = new InvalidOperationException("killed");
        await FireAsync("errors", Start + TimeSpan.FromMinutes(5));

        await Assert.ThrowsAsync<InvalidOperationException>(RunAsync);
        Assert.Equal(1, await RunAsync());

        Assert.Single(rollouts.Asked);
        Assert.Equal("rolledBack", Assert.Single(await catalog.Records.ListAsync(RecordKind.AlertReturn, new RecordFilter(), Token)).Status);
    }

    [Fact]
    public async Task RunOnce_WhatCannotBeDoneNow_IsTriedForAWhile()
    {
        rollouts.All.Add(Ended(1) with { EndedAt = Start });
        time.Advance(TimeSpan.FromMinutes(1));
        await FireAsync("errors", time.GetUtcNow());
        rollouts.Failure = FairleadException.Conflict("A change of 'prod' is under way.");

        Assert.Equal(0, await RunAsync());
        rollouts.All.RemoveAt(1);
        rollouts.Failure = FairleadException.Conflict("A change of 'prod' is under way.");
        time.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(1, await RunAsync());

        Assert.Equal("failed", Assert.Single(await catalog.Records.ListAsync(RecordKind.AlertReturn, new RecordFilter(), Token)).Status);
    }

    [Fact]
    public async Task RunOnce_AnotherTargetOfTheRule_IsAFiringOfItsOwn()
    {
        rollouts.All.Add(Ended(1));
        await FireAsync("errors", Start + TimeSpan.FromMinutes(5));
        await FireAsync("errors", Start + TimeSpan.FromMinutes(5), "late/stage");

        Assert.Equal(2, await RunAsync());
        Assert.Single(rollouts.Asked);
    }

    private static Rollout Ended(int number) =>
        Rollouts.Of(number, RolloutKind.Deployment, Start) with { Phase = RolloutPhase.Ended, Outcome = RolloutOutcome.Succeeded, EndedAt = Start + TimeSpan.FromMinutes(2) };

    private Task<int> RunAsync() =>
        new AlertReturns(workspace, catalog.Records, rollouts, catalog.Audit, time, NullLogger<AlertReturns>.Instance).RunOnceAsync(Token);

    private async Task FireAsync(string rule, DateTimeOffset at, string target = "late/prod")
    {
        var known = (await store.ListStatesAsync(Token)).FirstOrDefault(state => state.State.Rule == rule && state.State.Target == target);
        var state = new AlertState { Rule = rule, Target = target, Service = target.Split('/')[0], Environment = target.Split('/')[1], Phase = AlertPhase.Firing, EvaluatedAt = at, FiredAt = at, Value = 0.07 };
        await store.PutStateAsync(known.State is null ? null : known.Number, state, Token);
    }
}
