namespace Fairlead.Web.Pages.Views;

/// <summary>Where the pages are.</summary>
internal static class PagePaths
{
    public static string Run(string id) => $"/runs/{Uri.EscapeDataString(id)}";

    public static string Experiment(string name) => $"/experiments/{Uri.EscapeDataString(name)}";

    public static string Drift(string service, string environment) => $"/drift/{Uri.EscapeDataString(service)}/{Uri.EscapeDataString(environment)}";

    public static string Release(string name) => $"/releases/{Uri.EscapeDataString(name)}";

    public static string Prediction(string id) => $"/predictions/{Uri.EscapeDataString(id)}";
}
