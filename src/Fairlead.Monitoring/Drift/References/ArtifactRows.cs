using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;
using Fairlead.DuckDb;

namespace Fairlead.Monitoring.Drift.References;

/// <summary>Reads artifacts as rows, where they hold any.</summary>
internal sealed class ArtifactRows(IArtifactStore store)
{
    /// <returns>Null when the artifact holds no rows, or is not whole in the store.</returns>
    public async Task<ReferenceRows?> OpenAsync(ArtifactRef artifact, string description, DuckDbConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            var readers = await FindReadersAsync(artifact, cancellationToken).ConfigureAwait(false);
            if (readers is null)
                return null;
            var source = string.Join(" UNION ALL BY NAME ", readers.Select(reader => $"SELECT * FROM {reader}"));
            return new ReferenceRows(description, source, ReadColumns(connection, source, cancellationToken));
        }
        catch (DuckDbException)
        {
            // Looked like rows by its first bytes, and is a program or a document.
            return null;
        }
        catch (FairleadException e) when (e.Kind == ProblemKind.NotFound)
        {
            return null;
        }
    }

    private async Task<List<string>?> FindReadersAsync(ArtifactRef artifact, CancellationToken cancellationToken)
    {
        if (!store.Contains(artifact))
            return null;
        IEnumerable<Digest> blobs = artifact.Kind == ArtifactKind.Blob
            ? [artifact.Digest]
            : (await store.ReadTreeAsync(artifact.Digest, cancellationToken).ConfigureAwait(false)).Select(entry => entry.Digest);
        var readers = new List<string>();
        foreach (var blob in blobs)
        {
            if (DuckDbRowFiles.ReaderOf(store.PathOf(blob)) is not { } reader)
                return null;
            readers.Add(reader);
        }

        return readers.Count == 0 ? null : readers;
    }

    private static List<(string Name, string Type)> ReadColumns(DuckDbConnection connection, string source, CancellationToken cancellationToken)
    {
        using var result = connection.Query($"SELECT column_name, column_type FROM (DESCRIBE {source})", cancellationToken);
        var columns = new List<(string, string)>();
        while (result.Read(cancellationToken))
            columns.Add(((string)result.Value(0)!, (string)result.Value(1)!));
        return columns;
    }
}
