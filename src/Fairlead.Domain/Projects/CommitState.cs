namespace Fairlead.Domain.Projects;

/// <summary>The state of the repository when something happened.</summary>
/// <param name="Commit">Full object name of HEAD.</param>
/// <param name="Branch">Branch that HEAD is on, null when detached.</param>
/// <param name="DirtyDigest">Digest over all changed and untracked files when the tree was not clean, else null.</param>
public sealed record CommitState(string Commit, string? Branch, Artifacts.Digest? DirtyDigest)
{
    public bool IsDirty => DirtyDigest is { IsSet: true };

    /// <summary>For people: the first ten digits, and <c>+dirty:</c> with the digest's start when the tree was not clean.</summary>
    public string Short => (Commit.Length > 10 ? Commit[..10] : Commit) + (DirtyDigest is { IsSet: true } dirty ? $"+dirty:{dirty.Short}" : "");
}
