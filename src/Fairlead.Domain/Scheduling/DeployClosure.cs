namespace Fairlead.Domain.Scheduling;

/// <summary>An environment that may not change now.</summary>
/// <param name="Reason">One sentence or two, with the end when that is known.</param>
/// <param name="Until">When to look again; null for when nothing says that it opens.</param>
public sealed record DeployClosure(string Reason, DateTimeOffset? Until);
