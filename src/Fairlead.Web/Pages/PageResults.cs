using Fairlead.Web.Pages.Views;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fairlead.Web.Pages;

/// <summary>A page as the result of an endpoint. Needs <c>AddRazorComponents()</c>.</summary>
public static class PageResults
{
    public static RazorComponentResult Of(OverviewView view) => Of<OverviewPage>(view, 200);

    public static RazorComponentResult Of(StepsView view) => Of<StepsPage>(view, 200);

    public static RazorComponentResult Of(RunView view) => Of<RunPage>(view, 200);

    /// <summary>Carries the view's status.</summary>
    public static RazorComponentResult Of(RunsView view) => Of<RunsPage>(view, view.HttpStatus);

    public static RazorComponentResult Of(RunComparisonView view) => Of<RunComparisonPage>(view, 200);

    public static RazorComponentResult Of(DatasetsView view) => Of<DatasetsPage>(view, 200);

    public static RazorComponentResult Of(DatasetView view) => Of<DatasetPage>(view, 200);

    public static RazorComponentResult Of(DatasetDifferenceView view) => Of<DatasetDifferencePage>(view, 200);

    public static RazorComponentResult Of(ReleaseView view) => Of<ReleasePage>(view, 200);

    public static RazorComponentResult Of(PredictionsView view) => Of<PredictionsPage>(view, 200);

    public static RazorComponentResult Of(StorageView view) => Of<StoragePage>(view, 200);

    public static RazorComponentResult Of(LineageView view) => Of<LineagePage>(view, 200);

    public static RazorComponentResult Of(PredictionView view) => Of<PredictionPage>(view, 200);

    public static RazorComponentResult Of(ExperimentsView view) => Of<ExperimentsPage>(view, 200);

    public static RazorComponentResult Of(ExperimentView view) => Of<ExperimentPage>(view, 200);

    public static RazorComponentResult Of(DriftsView view) => Of<DriftsPage>(view, 200);

    public static RazorComponentResult Of(DriftView view) => Of<DriftPage>(view, 200);

    public static RazorComponentResult Of(ReplaysView view) => Of<ReplaysPage>(view, 200);

    public static RazorComponentResult Of(ReplayView view) => Of<ReplayPage>(view, 200);

    public static RazorComponentResult Of(SweepsView view) => Of<SweepsPage>(view, 200);

    public static RazorComponentResult Of(SweepView view) => Of<SweepPage>(view, 200);

    public static RazorComponentResult Of(ExecutionsView view) => Of<ExecutionsPage>(view, 200);

    public static RazorComponentResult Of(TriggersView view) => Of<TriggersPage>(view, 200);

    public static RazorComponentResult Of(ExecutionView view) => Of<ExecutionPage>(view, 200);

    /// <summary>Carries the view's status.</summary>
    public static RazorComponentResult Of(JudgmentView view) => Of<JudgmentPage>(view, view.Status);

    public static RazorComponentResult Of(RolloutsView view) => Of<RolloutsPage>(view, 200);

    public static RazorComponentResult Of(RolloutView view) => Of<RolloutPage>(view, 200);

    public static RazorComponentResult Of(ServerGroupsView view) => Of<ServerGroupsPage>(view, 200);

    public static RazorComponentResult Of(CanariesView view) => Of<CanariesPage>(view, 200);

    public static RazorComponentResult Of(CanaryView view) => Of<CanaryPage>(view, 200);

    public static RazorComponentResult Of(DeliveryView view) => Of<DeliveryPage>(view, 200);

    public static RazorComponentResult Of(EnvironmentDetailView view) => Of<EnvironmentPage>(view, 200);

    public static RazorComponentResult Of(KpisView view) => Of<KpisPage>(view, 200);

    public static RazorComponentResult Of(KpiView view) => Of<KpiPage>(view, 200);

    public static RazorComponentResult Of(AlertsView view) => Of<AlertsPage>(view, 200);

    public static RazorComponentResult Of(NoticesView view) => Of<NoticesPage>(view, 200);

    public static RazorComponentResult Of(UsersView view) => Of<UsersPage>(view, 200);

    public static RazorComponentResult Of(AuditView view) => Of<AuditPage>(view, 200);

    /// <summary>Carries the view's status.</summary>
    public static RazorComponentResult Of(SignInView view) => Of<SignInPage>(view, view.Status);

    /// <summary>Carries the view's status.</summary>
    public static RazorComponentResult Of(QueryView view) => Of<QueryPage>(view, view.Status);

    /// <summary>Carries the view's status.</summary>
    public static RazorComponentResult Of(ErrorView view) => Of<ErrorPage>(view, view.Status);

    private static RazorComponentResult Of<TPage>(object view, int status)
        where TPage : IComponent =>
        new(typeof(TPage), new Dictionary<string, object?> { ["View"] = view }) { StatusCode = status, PreventStreamingRendering = true };
}
