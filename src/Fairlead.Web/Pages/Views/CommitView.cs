using Fairlead.Domain.Projects;

namespace Fairlead.Web.Pages.Views;

/// <summary>The state of the repository, short enough for a table.</summary>
/// <param name="Short">First ten digits.</param>
/// <param name="Dirty">Start of the digest over uncommitted changes, or null when there were none.</param>
public sealed record CommitView(string Short, string Full, string? Branch, string? Dirty)
{
    public static CommitView Of(CommitState commit) => new(
        commit.Commit.Length > 10 ? commit.Commit[..10] : commit.Commit,
        commit.Commit,
        commit.Branch,
        commit.DirtyDigest is { IsSet: true } dirty ? dirty.Short : null);
}
