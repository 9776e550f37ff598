using System.Text.Json;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Datasets;
using Fairlead.Domain.Serialization;

namespace Fairlead.Catalog.Sqlite;

internal sealed class SqliteDatasets(SqliteSession session) : IDatasetCatalog
{
    public Task<DatasetVersion> AddAsync(DatasetVersion candidate, CancellationToken cancellationToken) =>
        session.WriteAsync(
            connection =>
            {
                var digest = candidate.Artifact.Digest.ToString();
                if (session.Find(connection, "FindDatasetVersion", DomainJson.Default.DatasetVersion, new { dataset = candidate.Dataset, digest }) is { } known)
                    return known;
                var number = connection.Number("NextDatasetNumber", new { dataset = candidate.Dataset });
                var version = candidate with { Number = number };
                var document = JsonSerializer.Serialize(version, DomainJson.Default.DatasetVersion);
                connection.Run("InsertDatasetVersion", new { dataset = version.Dataset, number, digest, document });
                return version;
            },
            cancellationToken);

    public Task<DatasetVersion?> FindAsync(string dataset, Digest digest, CancellationToken cancellationToken) =>
        session.FindAsync("FindDatasetVersion", DomainJson.Default.DatasetVersion, new { dataset, digest = digest.ToString() }, cancellationToken);

    public Task<IReadOnlyList<DatasetVersion>> ListAsync(string? dataset, CancellationToken cancellationToken) =>
        session.ListAsync("ListDatasetVersions", DomainJson.Default.DatasetVersion, new { dataset }, cancellationToken);
}
