using System.Text.Json;
using Fairlead.Domain.Models;
using Fairlead.Domain.Serialization;

namespace Fairlead.Catalog.Sqlite;

internal sealed class SqliteModels(SqliteSession session) : IModelCatalog
{
    public Task<ModelVersion> AddAsync(ModelVersion candidate, CancellationToken cancellationToken) =>
        session.WriteAsync(
            connection =>
            {
                var key = new { model = candidate.Model, digest = candidate.Artifact.Digest.ToString(), run = candidate.Run.ToString() };
                if (session.Find(connection, "FindModelVersionOfRun", DomainJson.Default.ModelVersion, key) is { } known)
                    return known;
                var number = connection.Number("NextModelNumber", new { model = candidate.Model });
                var version = candidate with { Number = number };
                var document = JsonSerializer.Serialize(version, DomainJson.Default.ModelVersion);
                connection.Run("InsertModelVersion", new { key.model, number, key.digest, key.run, document });
                return version;
            },
            cancellationToken);

    public Task<ModelVersion?> FindAsync(string model, int number, CancellationToken cancellationToken) =>
        session.FindAsync("FindModelVersion", DomainJson.Default.ModelVersion, new { model, number }, cancellationToken);

    public Task<IReadOnlyList<ModelVersion>> ListAsync(string? model, CancellationToken cancellationToken) =>
        session.ListAsync("ListModelVersions", DomainJson.Default.ModelVersion, new { model }, cancellationToken);
}
