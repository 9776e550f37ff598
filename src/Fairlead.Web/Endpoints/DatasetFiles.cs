using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Datasets;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Web.Contracts;

namespace Fairlead.Web.Endpoints;

/// <summary>The files of a dataset version.</summary>
internal static class DatasetFiles
{
    public static async Task<IReadOnlyList<RunFile>> ListAsync(DatasetVersion version, IArtifactStore store, CancellationToken cancellationToken)
    {
        var artifact = version.Artifact;
        if (artifact.Kind == ArtifactKind.Blob)
            return [new RunFile(version.Dataset, NameOf(version), artifact.Size, false, artifact.Digest.ToString(), store.Contains(artifact))];
        var entries = await store.ReadTreeAsync(artifact.Digest, cancellationToken);
        return [.. entries.Select(entry => new RunFile(version.Dataset, entry.Path, entry.Size, entry.Executable, entry.Digest.ToString(), store.Contains(new ArtifactRef(ArtifactKind.Blob, entry.Digest, entry.Size))))];
    }

    /// <exception cref="FairleadException">NotFound.</exception>
    public static async Task<Digest> FindAsync(DatasetVersion version, string path, IArtifactStore store, CancellationToken cancellationToken) =>
        (await ListAsync(version, store, cancellationToken)).FirstOrDefault(file => file.Path == path) is { } found
            ? Digest.Parse(found.Digest)
            : throw FairleadException.NotFound($"There is no file '{path}' in '{version.Label}'.");

    /// <summary>The name that the data had where it came from.</summary>
    private static string NameOf(DatasetVersion version)
    {
        if (version.Run is not null)
            return $"{version.Dataset}.parquet";
        var path = Uri.TryCreate(version.Path, UriKind.Absolute, out var url) ? Uri.UnescapeDataString(url.AbsolutePath) : version.Path;
        var name = path[(path.TrimEnd('/').LastIndexOf('/') + 1)..].Trim('/');
        return name is "" or "." or ".." || name.Contains('/', StringComparison.Ordinal) || name.Any(char.IsControl) ? version.Dataset : name;
    }
}
