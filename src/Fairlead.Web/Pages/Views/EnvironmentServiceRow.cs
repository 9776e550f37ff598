namespace Fairlead.Web.Pages.Views;

/// <summary>A server group that takes traffic, with its settings and the references to its secrets.</summary>
public sealed record EnvironmentServiceRow(
    string Service, string ServerGroup, string Release, string Traffic, string Serves, IReadOnlyList<FactView> Config, IReadOnlyList<FactView> Secrets);
