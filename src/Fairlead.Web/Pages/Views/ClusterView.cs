namespace Fairlead.Web.Pages.Views;

/// <summary>The server groups of a service in an environment, the newest first.</summary>
public sealed record ClusterView(string Service, string Environment, string Anchor, IReadOnlyList<ServerGroupRow> Rows);
