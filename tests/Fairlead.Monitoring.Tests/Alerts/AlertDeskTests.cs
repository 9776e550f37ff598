using Fairlead.Domain.Deployments;
using Fairlead.Domain.Notices;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Records;
using Fairlead.Monitoring.Alerts;
using Fairlead.Monitoring.Kpis;
using Fairlead.Monitoring.Tests.Experiments;
using Fairlead.Monitoring.Tests.Kpis;
using Fairlead.Predictions.Keeping;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairlead.Monitoring.Tests.Alerts;

public sealed class AlertDeskTests : IAsyncDisposable
{
    private readonly ExperimentBench bench = new();
    private readonly FixedWorkspace workspace = new();
    private readonly List<HostReport> hosts = [];
    private readonly CatalogOutbox outbox;
    private AlertDesk desk;

    public AlertDeskTests()
    {
        outbox = new CatalogOutbox(bench.Notices);
        desk = NewDesk();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        desk.Dispose();
        await bench.DisposeAsync();
    }

    [Theory]
    [InlineData("latency.p99", 0.2, true)]
    [InlineData("latency.p50", 0.5, false)]
    [InlineData("error.rate", 0.01, false)]
    [InlineData("requests.rate", 0.02, true)]
    public async Task RunOnce_Traffic_IsReadOfTheLastMinutes(string metric, double bound, bool fires)
    {
        Define(Alert("traffic", metric, bound));
        for (var i = 0; i < 10; i++)
            bench.Add(1, "a", 1, bench.Time.GetUtcNow() - TimeSpan.FromSeconds(30));

        await desk.RunOnceAsync(Token);

        var states = (await desk.FindAsync("traffic", Token)).Report.States;
        Assert.Equal(fires ? ["late/prod"] : [], states.Where(state => state.Phase == AlertPhase.Firing).Select(state => state.Target));
    }

    [Fact]
    public async Task RunOnce_NoRequests_IsARateOfZeroForWhatIsLive()
    {
        Define(Alert("quiet", "requests.rate", 0.5) with { Condition = new Threshold(ThresholdOperator.Below, 0.5) }, Alert("slow", "latency.p99", 1));

        await desk.RunOnceAsync(Token);

        Assert.Equal([("late/prod", 0.0)], (await desk.FindAsync("quiet", Token)).Report.States.Select(state => (state.Target, state.Value!.Value)));
        Assert.Empty((await desk.FindAsync("slow", Token)).Report.States);
    }

    [Fact]
    public async Task RunOnce_AHostThatLosesRecords_FiresWithoutBeingAsked()
    {
        hosts.Add(Host(0));
        await desk.RunOnceAsync(Token);
        Assert.Equal(AlertPhase.Ok, (await desk.FindAsync("capture_lost", Token)).Report.Phase);

        hosts[0] = Host(3);
        await RoundsAsync(1);
        Assert.Equal(3, Assert.Single((await desk.FindAsync("capture_lost", Token)).Report.States).Value);

        await RoundsAsync(70);
        Assert.Equal(AlertPhase.Ok, (await desk.FindAsync("capture_lost", Token)).Report.Phase);
    }

    [Fact]
    public async Task RunOnce_RecordsThatAlarm_FireWithoutBeingAsked()
    {
        await bench.Records.AddAsync(RecordKind.Drift, "late/prod", "strong", bench.Time.GetUtcNow(), _ => """{"metrics": {"drift.strong": 2}}""", Token);
        await bench.Records.AddAsync(RecordKind.Verification, "late/prod", "alarming", bench.Time.GetUtcNow(), _ => "{}", Token);
        var damage = new PredictionCheckReport(2, 1, [new DamagedFile("predictions/a.parquet", "is missing", 7)], [], [], []);
        await new PredictionCheckRecords(bench.Records, bench.Time).AddAsync(damage, Token);

        await desk.RunOnceAsync(Token);

        Assert.Equal(["drift_strong", "predictions_damaged", "verify_mismatch"], (await desk.ListAsync(Token)).Where(report => report.Phase == AlertPhase.Firing).Select(report => report.Rule.Name).Order());
    }

    [Fact]
    public async Task RunOnce_AGoalThatIsMissed_Fires()
    {
        var kpi = new KpiDefinition { Name = "high", Sql = "avg(output.score)", Goal = new Threshold(ThresholdOperator.AtLeast, 4) };
        workspace.Project = new ProjectDefinition { Name = "p", Kpis = [kpi], Alerts = [Alert("low", "kpi.high", 2) with { Condition = new Threshold(ThresholdOperator.Below, 2) }] };
        for (var i = 0; i < 100; i++)
            bench.Add(1, $"u{i}", i % 3, bench.Time.GetUtcNow() - TimeSpan.FromMinutes(1));
        using (var kpis = new KpiDesk(workspace, bench.Analysis, bench.Records, bench.Time, NullLogger<KpiDesk>.Instance))
            await kpis.RunOnceAsync(Token);

        await desk.RunOnceAsync(Token);

        Assert.Equal("high late/prod", Assert.Single((await desk.FindAsync("kpi_missed", Token)).Report.States).Target);
        Assert.Equal("late/prod", Assert.Single((await desk.FindAsync("low", Token)).Report.States).Target);
    }

    [Fact]
    public async Task RunOnce_OwnQuery_IsCompared()
    {
        Define(Alert("many", "value", 2) with { Sql = "select count(*) from predictions" }, Alert("evil", "value", 2) with { Sql = "select count(*) from read_csv('/etc/passwd')" }, Alert("odd", "latency.p98", 2));
        for (var i = 0; i < 3; i++)
            bench.Add(1, "a", 1);

        await desk.RunOnceAsync(Token);

        Assert.Equal(3, Assert.Single((await desk.FindAsync("many", Token)).Report.States).Value);
        Assert.Contains("not allowed", (await desk.FindAsync("evil", Token)).Report.Problem);
        Assert.Contains("'latency.p9", (await desk.FindAsync("odd", Token)).Report.Problem);
    }

    [Fact]
    public async Task RunOnce_ABuiltInRuleThatIsOff_IsNotLookedAt()
    {
        Define(new AlertDefinition { Name = "capture_lost", IsOff = true });
        hosts.Add(Host(3));

        await desk.RunOnceAsync(Token);

        Assert.DoesNotContain(await desk.ListAsync(Token), report => report.Rule.Name == "capture_lost");
    }

    [Fact]
    public async Task RunOnce_WhatFiresAndEnds_IsToldOnceEach()
    {
        hosts.Add(Host(3));
        await desk.RunOnceAsync(Token);
        await desk.RunOnceAsync(Token);
        desk.Dispose();
        desk = NewDesk();
        await RoundsAsync(70);

        var notices = (await desk.FindAsync("capture_lost", Token)).Notices;

        Assert.Equal(["alert.resolved", "alert.firing"], notices.Select(notice => notice.Event));
        Assert.Equal(("Alert 'capture_lost' fires for http://localhost:7071", "capture.lost > 0; the value is 3", "page"), (notices[1].Content.Title, notices[1].Content.Fields[NoticeFields.Message], notices[1].Content.Fields[NoticeFields.Severity]));
        var message = notices[1].Content.Data!.Value;
        Assert.Equal(
            ("capture_lost", "firing", "page", "capture.lost > 0", 3, notices[1].Key),
            (message.GetProperty("alert").GetString(), message.GetProperty("change").GetString(), message.GetProperty("severity").GetString(), message.GetProperty("condition").GetString(), message.GetProperty("value").GetInt32(), message.GetProperty("delivery").GetString()));
    }

    [Fact]
    public async Task RunOnce_AfterAProcessEndedBetweenTellingAndNoting_TellsUnderTheSameKey()
    {
        hosts.Add(Host(3));
        outbox.FailsAfterwards = true;
        await Assert.ThrowsAsync<IOException>(() => desk.RunOnceAsync(Token));
        outbox.FailsAfterwards = false;

        await desk.RunOnceAsync(Token);

        Assert.Single((await desk.FindAsync("capture_lost", Token)).Notices);
    }

    [Fact]
    public async Task Silence_ARule_TellsNobodyUntilItEnds()
    {
        hosts.Add(Host(3));
        var details = await desk.SilenceAsync("capture_lost", new AlertSilenceOrder(600, "disk is being replaced", "eve"), Token);
        Assert.Equal("eve", details.Report.Silence!.By);

        Assert.Equal(0, await desk.RunOnceAsync(Token));
        bench.Time.Advance(TimeSpan.FromMinutes(10));
        hosts[0] = Host(5);
        Assert.Equal(1, await desk.RunOnceAsync(Token));

        Assert.Null((await desk.FindAsync("capture_lost", Token)).Report.Silence);
    }

    [Fact]
    public async Task Silence_ThatIsEnded_IsOver()
    {
        await desk.SilenceAsync("capture_lost", new AlertSilenceOrder(600, "work", "eve"), Token);

        Assert.Null((await desk.SilenceAsync("capture_lost", new AlertSilenceOrder(0, "", "eve"), Token)).Report.Silence);
        var error = await Assert.ThrowsAsync<FairleadException>(() => desk.SilenceAsync("capture_lost", new AlertSilenceOrder(0, "", "eve"), Token));
        Assert.Equal(ProblemKind.Conflict, error.Kind);
        Assert.Equal("The alert 'capture_lost' is not silenced, so there is nothing to end.", error.Message);
    }

    [Theory]
    [InlineData("capture_last", 60, "why", ProblemKind.NotFound)]
    [InlineData("capture_lost", 60, " ", ProblemKind.Invalid)]
    [InlineData("capture_lost", -1, "why", ProblemKind.Invalid)]
    [InlineData("capture_lost", 99999999, "why", ProblemKind.Invalid)]
    public async Task Silence_ThatCannotBe_IsRefused(string rule, long seconds, string reason, ProblemKind kind) =>
        Assert.Equal(kind, (await Assert.ThrowsAsync<FairleadException>(() => desk.SilenceAsync(rule, new AlertSilenceOrder(seconds, reason, "eve"), Token))).Kind);

    [Fact]
    public async Task Acknowledge_WhatFires_SaysWhoLooksAfterIt()
    {
        await Assert.ThrowsAsync<FairleadException>(() => desk.AcknowledgeAsync("capture_lost", new AlertAcknowledgement(null, "eve"), Token));
        hosts.Add(Host(3));
        await desk.RunOnceAsync(Token);

        await desk.AcknowledgeAsync("capture_lost", new AlertAcknowledgement(null, "eve"), Token);
        await RoundsAsync(1);

        Assert.Equal("eve", Assert.Single((await desk.FindAsync("capture_lost", Token)).Report.States).AcknowledgedBy);
    }

    [Fact]
    public async Task RunOnce_ARuleThatIsRemoved_EndsWhatFires()
    {
        Define(Alert("many", "value", 0) with { Sql = "select 1" });
        await desk.RunOnceAsync(Token);
        Define();

        Assert.Equal(1, await desk.RunOnceAsync(Token));
        Assert.Equal(0, await desk.RunOnceAsync(Token));
    }

    private static AlertDefinition Alert(string name, string metric, double bound) => new() { Name = name, Metric = metric, Condition = new Threshold(ThresholdOperator.Above, bound) };

    private HostReport Host(long lost) => new()
    {
        ProcessId = 7, Url = "http://localhost:7071", StartedAt = bench.Time.GetUtcNow() - TimeSpan.FromDays(1), AppliedVersion = 1, Answered = 10, Captured = 10 - lost, CaptureLost = lost,
    };

    private void Define(params AlertDefinition[] alerts) => workspace.Project = new ProjectDefinition { Name = "p", Alerts = alerts };

    private AlertDesk NewDesk() => new(workspace, bench.Analysis, bench.Records, outbox, bench.Notices, bench.Traffic, () => [.. hosts], bench.Time, NullLogger<AlertDesk>.Instance);

    private async Task RoundsAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            bench.Time.Advance(TimeSpan.FromMinutes(1));
            await desk.RunOnceAsync(Token);
        }
    }
}
