namespace Fairlead.Web.Pages.Views;

/// <summary>A group of pages in the navigation; its link leads to the first of them.</summary>
internal sealed record PageArea(string Name, IReadOnlyList<(string Name, string Path)> Pages)
{
    /// <summary>Everything that has a list of its own, in the order in which work flows.</summary>
    public static IReadOnlyList<PageArea> All { get; } =
    [
        new("Overview", [("Overview", "/")]),
        new("Build", [("Steps", PagePaths.Steps), ("Runs", PagePaths.Runs), ("Sweeps", PagePaths.Sweeps), ("Datasets", PagePaths.Datasets)]),
        new("Deliver", [("Pipelines", "/executions"), ("Triggers", "/triggers"), ("Rollouts", PagePaths.Rollouts), ("Canaries", "/canaries"), ("Server groups", PagePaths.ServerGroups), ("Delivery", PagePaths.Delivery)]),
        new("Predict", [("Predictions", "/predictions"), ("Query", PagePaths.Query), ("Replays", "/replays"), ("Drift", "/drift"), ("Experiments", "/experiments"), ("KPIs", "/kpis")]),
        new("Operate", [("Alerts", "/alerts"), ("Messages", "/notices"), ("Storage", PagePaths.Storage), ("Users", "/users"), ("Audit", PagePaths.Audit)]),
    ];

    public string Path => Pages[0].Path;

    public bool Holds(string path) => Pages.Any(page => page.Path == path);

    /// <summary>The area of a page; the first for a page that is in none.</summary>
    public static PageArea Of(string path) => All.FirstOrDefault(area => area.Holds(path)) ?? All[0];
}
