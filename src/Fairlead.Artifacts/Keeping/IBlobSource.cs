using Fairlead.Domain.Artifacts;

namespace Fairlead.Artifacts.Keeping;

/// <summary>The seam to where a blob may be had that the store has lost.</summary>
public interface IBlobSource
{
    /// <summary>Where, for people.</summary>
    string Name { get; }

    /// <summary>Brings the blob into the store, its digest checked.</summary>
    /// <returns>False when it is not there, or nobody can be asked.</returns>
    Task<bool> TryFetchAsync(Digest digest, CancellationToken cancellationToken);
}
