namespace Fairlead.Web.Pages.Views;

/// <summary>One value of an environment.</summary>
/// <param name="From">The environment that says it.</param>
public sealed record EnvironmentValueRow(string Key, string Value, string From);
