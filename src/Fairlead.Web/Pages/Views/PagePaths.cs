namespace Fairlead.Web.Pages.Views;

/// <summary>Where the pages are.</summary>
internal static class PagePaths
{
    public static string Run(string id) => $"/runs/{Uri.EscapeDataString(id)}";

    public static string Kpi(string name) => $"/kpis/{Uri.EscapeDataString(name)}";

    public static string Experiment(string name) => $"/experiments/{Uri.EscapeDataString(name)}";

    public static string Drift(string service, string environment) => $"/drift/{Uri.EscapeDataString(service)}/{Uri.EscapeDataString(environment)}";

    public static string Release(string name) => $"/releases/{Uri.EscapeDataString(name)}";

    public static string Replay(string number) => $"/replays/{Uri.EscapeDataString(number)}";

    /// <summary>The page with what a dataset or model version, a run, a release, a server group or a commit came from and reached.</summary>
    public static string Trace(string subject) => $"/trace?subject={Uri.EscapeDataString(subject)}";

    public static string Prediction(string id) => $"/predictions/{Uri.EscapeDataString(id)}";
}
