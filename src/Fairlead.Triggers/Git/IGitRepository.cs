using Fairlead.Domain.Problems;

namespace Fairlead.Triggers.Git;

/// <summary>A repository whose branches and tags are looked at.</summary>
internal interface IGitRepository
{
    /// <summary>Where its history can be read.</summary>
    string Folder { get; }

    /// <summary>Says cheaply whether it can have changed since it was listed last.</summary>
    bool MayHaveChanged();

    /// <summary>Commits of branches and tags by full name; of an annotated tag, the commit that it stands for.</summary>
    /// <exception cref="FairleadException">Unavailable: it cannot be read now.</exception>
    Task<IReadOnlyDictionary<string, string>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Makes the history of some of them readable in <see cref="Folder"/>.</summary>
    /// <param name="refs">Full names.</param>
    /// <exception cref="FairleadException">Unavailable: it cannot be read now.</exception>
    Task FetchAsync(IReadOnlyList<string> refs, CancellationToken cancellationToken);
}
