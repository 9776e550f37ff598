namespace Fairlead.Serving;

/// <summary>One version of a model in a repository.</summary>
/// <param name="State"><c>READY</c>, <c>LOADING</c> or <c>UNAVAILABLE</c>.</param>
/// <param name="Reason">Why it is not ready; empty when it is.</param>
public sealed record RepositoryEntry(string Name, string Version, string State, string Reason);
