namespace Fairlead.Pipelines.Activities;

/// <summary>How activities reach the host that answers predictions.</summary>
/// <param name="Token">Its bearer token; null for none.</param>
public sealed record HostAccess(Uri Url, string? Token);
