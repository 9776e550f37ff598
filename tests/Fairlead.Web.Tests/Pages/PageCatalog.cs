using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Identity;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Identity.Users;
using Fairlead.Predictions.Keeping;
using Fairlead.Replay;
using Fairlead.Replay.Running;
using Fairlead.Web.Pages;
using Fairlead.Web.Pages.Views;

namespace Fairlead.Web.Tests.Pages;

/// <summary>Every page, made of samples, by a name.</summary>
internal static class PageCatalog
{
    public static readonly IReadOnlyDictionary<string, (Type Page, Func<Task<string>> Html)> All = new Dictionary<string, (Type, Func<Task<string>>)>
    {
        ["overview"] = Of<OverviewPage>(() => PageSamples.Overview()),
        ["empty"] = Of<OverviewPage>(() => PageSamples.EmptyOverview()),
        ["run"] = Of<RunPage>(() => RunSamples.Run()),
        ["runs"] = Of<RunsPage>(() => RunSamples.Runs()),
        ["no runs"] = Of<RunsPage>(() => new RunsView { Where = PageSamples.Hostile, Problem = PageSamples.Hostile, Notice = PageSamples.Hostile }),
        ["runs compared"] = Of<RunComparisonPage>(() => RunSamples.Comparison()),
        ["datasets"] = Of<DatasetsPage>(() => DatasetsView.Of([DatasetSamples.Version(2), DatasetSamples.Version(1)], PageSamples.Now)),
        ["no datasets"] = Of<DatasetsPage>(() => new DatasetsView([])),
        ["dataset"] = Of<DatasetPage>(() => DatasetSamples.View(DatasetSamples.Profile())),
        ["dataset looked into"] = Of<DatasetPage>(() => DatasetSamples.View(null)),
        ["datasets compared"] = Of<DatasetDifferencePage>(DatasetSamples.DifferenceView),
        ["release"] = Of<ReleasePage>(() => ReleaseView.Of(
            PageSamples.Release(2),
            [PageSamples.Group("late", "prod", 2, ServerGroupStatus.Enabled, 90), PageSamples.Group("late", "stage", 2, ServerGroupStatus.Failed)],
            PageSamples.Now)),
        ["predictions"] = Of<PredictionsPage>(() => PageSamples.Predictions()),
        ["prediction"] = Of<PredictionPage>(() => PageSamples.Prediction()),
        ["storage"] = Of<StoragePage>(Storage),
        ["lineage"] = Of<LineagePage>(Lineage),
        ["drifts"] = Of<DriftsPage>(() => new DriftsView([DriftRow.Of("late", "prod", DriftSamples.Report(), PageSamples.Now), DriftRow.Of("late", "stage", null, PageSamples.Now)])),
        ["drift"] = Of<DriftPage>(() => DriftView.Of(DriftSamples.Report(), new Monitoring.Drift.Requests.DriftQuery("late", "prod"), PageSamples.Now)),
        ["experiments"] = Of<ExperimentsPage>(() => ExperimentsView.Of([ExperimentSamples.Running(), ExperimentSamples.Fresh()], PageSamples.Now)),
        ["experiment"] = Of<ExperimentPage>(() => ExperimentView.Of(ExperimentSamples.Running(), PageSamples.Now)),
        ["kpis"] = Of<KpisPage>(() => KpisView.Of([MonitoringPagesTests.Series()])),
        ["kpi"] = Of<KpiPage>(() => KpiView.Of(MonitoringPagesTests.Series(), PageSamples.Now)),
        ["alerts"] = Of<AlertsPage>(() => AlertsView.Of([MonitoringPagesTests.Firing()], PageSamples.Now)),
        ["replays"] = Of<ReplaysPage>(() => new ReplaysView([ReplayRow.Of(ReplayPagesTests.Record(ReplayStatus.Succeeded), PageSamples.Now)])),
        ["replay"] = Of<ReplayPage>(() => ReplayView.Of(ReplayPagesTests.Record(ReplayStatus.Succeeded), ReplayPagesTests.Report, PageSamples.Now)),
        ["steps"] = Of<StepsPage>(() => StepsView.Of(StepSamples.Graph())),
        ["sweeps"] = Of<SweepsPage>(() => new SweepsView([SweepRow.Of(SweepPagesTests.Report().Sweep, PageSamples.Now), SweepRow.Of(SweepPagesTests.Report(Sweeps.Running.SweepStatus.Running).Sweep, PageSamples.Now)])),
        ["sweep"] = Of<SweepPage>(() => SweepView.Of(SweepPagesTests.Report(error: PageSamples.Hostile), PageSamples.Now)),
        ["canaries"] = Of<CanariesPage>(() => new CanariesView([CanaryRow.Of(CanarySamples.Report(), PageSamples.Now), CanaryRow.Of(CanarySamples.Report(rollout: null), PageSamples.Now)])),
        ["canary"] = Of<CanaryPage>(() => CanaryView.Of(CanarySamples.Report(), CanarySamples.Series, PageSamples.Now)),
        ["canary without points"] = Of<CanaryPage>(() => CanaryView.Of(CanarySamples.Report(), [], PageSamples.Now)),
        ["executions"] = Of<ExecutionsPage>(Executions),
        ["execution"] = Of<ExecutionPage>(() => ExecutionView.Of(DeliverySamples.Execution(), [new RecordedEvent(1, new ExecutionEvent(ExecutionEventKind.Created, PageSamples.Now) { By = PageSamples.Hostile })], PageSamples.Now)),
        ["judgment"] = Of<JudgmentPage>(() => Judgment() with { Form = new JudgmentForm("/executions/7/judgments/judge", "ann", ["approve", "hold", "reject"], NeedsComment: true, 2, null, PageSamples.Hostile), Problem = PageSamples.Hostile }),
        ["judgment by link"] = Of<JudgmentPage>(() => Judgment() with { Form = new JudgmentForm("/judge", "eve", ["approve", "reject"], NeedsComment: false, 2, "AbC-_", "") }),
        ["judgment of others"] = Of<JudgmentPage>(() => Judgment() with { Refusal = PageSamples.Hostile }),
        ["rollouts"] = Of<RolloutsPage>(() => new RolloutsView([RolloutRow.Of(DeliverySamples.Rollout(), PageSamples.Now), RolloutRow.Of(DeliverySamples.Rollout(RolloutOutcome.Failed), PageSamples.Now)], null)),
        ["rollout"] = Of<RolloutPage>(() => RolloutView.Of(DeliverySamples.Rollout(), Groups(), [DeliverySamples.Host()], canChange: true, PageSamples.Now)),
        ["rollout with canaries"] = Of<RolloutPage>(() => RolloutView.Of(DeliverySamples.Rollout(), Groups(), [DeliverySamples.Host()], canChange: true, PageSamples.Now) with { Canaries = [CanaryRow.Of(CanarySamples.Report(), PageSamples.Now)] }),
        ["rollout that ended"] = Of<RolloutPage>(() => RolloutView.Of(DeliverySamples.Rollout(RolloutOutcome.Succeeded), Groups(), [], canChange: true, PageSamples.Now)),
        ["server groups"] = Of<ServerGroupsPage>(() => ServerGroupsView.Of(Groups(), [DeliverySamples.Host()], _ => true, isWhole: false, PageSamples.Now)),
        ["delivery"] = Of<DeliveryPage>(() => DeliveryView.Of(DeliverySamples.Report(), null, PageSamples.Now)),
        ["environment"] = Of<EnvironmentPage>(() => new EnvironmentDetailView
        {
            Name = "prod",
            Extends = "base",
            Values = [new EnvironmentValueRow("config.threshold", PageSamples.Hostile, "base")],
            Services = [new EnvironmentServiceRow("late", "late-prod-v003", "v003", "100%", "late@3", [new FactView("threshold", "0.7")], [new FactView("DB", "secret:db")])],
        }),
        ["triggers"] = Of<TriggersPage>(() => new TriggersView([new TriggerRow("release/git", "git", new StatusView("failing", StatusView.Bad), TimeView.Of(PageSamples.Now, PageSamples.Now), null, 7, null, PageSamples.Hostile)])),
        ["notices"] = Of<NoticesPage>(() => new NoticesView(
            [new NoticeChannelRow("team", new StatusView("does not answer", StatusView.Bad), "3", TimeView.Of(PageSamples.Now, PageSamples.Now), "7", "0", PageSamples.Hostile)],
            [new NoticeRow(1, TimeView.Of(PageSamples.Now, PageSamples.Now), "team", "judgment.waiting", PageSamples.Hostile, "/executions/7", new StatusView("waiting", StatusView.Busy), "2", "")])),
        ["users"] = Of<UsersPage>(Users),
        ["audit"] = Of<AuditPage>(Audit),
        ["sign in"] = Of<SignInPage>(() => new SignInView("/runs/train-1") { Problem = PageSamples.Hostile }),
        ["query"] = Of<QueryPage>(Query),
        ["error"] = Of<ErrorPage>(() => new ErrorView(404, "There is no run 'train-99': see 'fairlead runs'.")),
    };

    private static (Type Page, Func<Task<string>> Html) Of<TPage>(Func<object> view)
        where TPage : Microsoft.AspNetCore.Components.IComponent => (typeof(TPage), () => RenderedPage.HtmlAsync<TPage>(view()));

    private static IReadOnlyList<ServerGroup> Groups() =>
    [
        PageSamples.Group("late", "prod", 3, ServerGroupStatus.Enabled, 5),
        PageSamples.Group("late", "prod", 2, ServerGroupStatus.Disabled),
        PageSamples.Group("late", "stage", 3, ServerGroupStatus.Failed),
        PageSamples.Group("late", "stage", 1, ServerGroupStatus.Destroyed),
    ];

    private static JudgmentView Judgment() => JudgmentView.Of(DeliverySamples.Question(), PageSamples.Now) with
    {
        Samples = [new SampleRow("019cb0e2-6f40-7a11-8c3d-5e2f60000000", PageSamples.Hostile, "late 0.4")],
    };

    private static ExecutionsView Executions()
    {
        var execution = DeliverySamples.Execution();
        return new ExecutionsView([ExecutionRow.Of(ExecutionSummary.Of(7, execution.Plan, execution.State), PageSamples.Now)], 7);
    }

    private static StorageView Storage() => StorageView.Of(
        StoreViewTests.Sample(PageSamples.Hostile),
        new PredictionSizes([new PartitionSize("prod", "late", new DateOnly(2026, 2, 1), 3, 4096, 1, PageSamples.Now, 0)], [], 1, 1 << 20),
        new Dictionary<(string, string), TimeSpan?>(),
        [new DamagedFile("predictions/a.parquet", PageSamples.Hostile, 6)],
        null,
        [],
        PageSamples.Now);

    private static LineageView Lineage() => new()
    {
        Kind = "release",
        Name = "v003",
        Facts = [new FactView("made by", PageSamples.Hostile)],
        Reach = [new FactView("Runs", "3")],
        Origin = [new TraceNodeView("run", "train-2", "/runs/train-2", [new FactView("commit", "4f1c")], [new TraceNodeView("dataset version", "raw@1", null, [], [])])],
        Reached = [],
    };

    private static UsersView Users() => UsersView.Of(
        [new UserReport(new User { Name = "ann", Grants = [new RoleGrant(Role.Judge, "prod")], Groups = ["risk"], CreatedAt = PageSamples.Now, CreatedBy = PageSamples.Hostile }, [new UserToken { Id = "abcdefgh", User = "ann", CreatedAt = PageSamples.Now, CreatedBy = "ann", LastUsedAt = PageSamples.Now }])],
        PageSamples.Now);

    private static AuditView Audit() => AuditView.Of(
        [AuditChain.Next(AuditHead.Empty, new AuditDraft { Who = "ann", Via = "page", What = "execution.judge", Target = PageSamples.Hostile, Detail = PageSamples.Hostile }, PageSamples.Now)],
        new AuditFilter { Who = PageSamples.Hostile },
        PageSamples.Now);

    private static QueryView Query() => new()
    {
        Sql = "select id, $n::INTEGER as n from predictions",
        Name = "ids",
        Saved = [new SavedQueryRow("ids", "/query?name=ids", PageSamples.Hostile, "$n", "ann")],
        Parameters = [new QueryParameterView("n", "7")],
        Problem = PageSamples.Hostile,
        Notice = PageSamples.Hostile,
        Answer = new QueryAnswerView(
            "1 row in 2.00 ms",
            [new QueryColumnView("id", "UUID", IsNumber: false, IsPrediction: true), new QueryColumnView(PageSamples.Hostile, "INTEGER", IsNumber: true, IsPrediction: false)],
            [[new QueryCellView("019cb0e2-6f40-7a11-8c3d-5e2f60000000", "/predictions/019cb0e2-6f40-7a11-8c3d-5e2f60000000"), new QueryCellView(null, null)]],
            "/query/rows.csv?sql=x",
            "/query/rows.parquet?sql=x"),
    };
}
