using System.Text.Json;
using Fairlead.Domain.Identity;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Serialization;

namespace Fairlead.Catalog.Sqlite;

internal sealed class SqliteReleases(SqliteSession session) : IReleaseCatalog
{
    public Task<Release> AddAsync(Func<ReleaseName, Release> create, CancellationToken cancellationToken) =>
        session.ChangeAsync(
            connection =>
            {
                var name = new ReleaseName(connection.Number("NextReleaseNumber"));
                var release = create(name);
                if (release.Name != name)
                    throw new ArgumentException($"The release was made with the name '{release.Name}' and not with '{name}', which it was given.", nameof(create));
                connection.Run("InsertRelease", new { number = name.Number, document = JsonSerializer.Serialize(release, DomainJson.Default.Release) });
                return release;
            },
            release => Acting.Draft("release.added", release.Name.ToString(), $"commit {release.Commit.Short}"),
            cancellationToken);

    public Task<Release?> FindAsync(ReleaseName name, CancellationToken cancellationToken) =>
        session.FindAsync("FindRelease", DomainJson.Default.Release, new { number = name.Number }, cancellationToken);

    public Task<IReadOnlyList<Release>> ListAsync(int limit, CancellationToken cancellationToken) =>
        session.ListAsync("ListReleases", DomainJson.Default.Release, new { limit }, cancellationToken);
}
