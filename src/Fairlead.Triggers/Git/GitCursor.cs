namespace Fairlead.Triggers.Git;

/// <summary>Where branches and tags were.</summary>
/// <param name="Refs">Commits by full name, such as <c>refs/heads/main</c>: all branches, and the tags that are looked at.</param>
internal sealed record GitCursor(SortedDictionary<string, string> Refs);
