namespace Fairlead.Domain.Artifacts;

/// <summary>The seam to what tags of OCI registries stand for.</summary>
public interface IImageTags
{
    /// <param name="registry">Host, and port where it has one.</param>
    /// <param name="isPlain">By http.</param>
    /// <param name="credentials"><c>user:password</c>; null for none.</param>
    /// <returns>The digest of the manifest; null when there is no such tag.</returns>
    /// <exception cref="Problems.FairleadException">Unavailable: the registry cannot be asked now; Unauthenticated, Forbidden: it wants other credentials.</exception>
    Task<string?> FindDigestAsync(string registry, string repository, string tag, bool isPlain, string? credentials, CancellationToken cancellationToken);
}
