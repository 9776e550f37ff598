using Fairlead.Domain.Releases;

namespace Fairlead.Delivery.Tests.Fakes;

internal sealed class FakeReleaseCatalog : IReleaseCatalog
{
    private readonly Lock sync = new();
    private readonly List<Release> releases = [];

    public Task<Release> AddAsync(Func<ReleaseName, Release> create, CancellationToken cancellationToken)
    {
        lock (sync)
        {
            var release = create(new ReleaseName(releases.Count + 1));
            releases.Add(release);
            return Task.FromResult(release);
        }
    }

    public Task<Release?> FindAsync(ReleaseName name, CancellationToken cancellationToken)
    {
        lock (sync)
            return Task.FromResult(releases.Find(release => release.Name == name));
    }

    public Task<IReadOnlyList<Release>> ListAsync(int limit, CancellationToken cancellationToken)
    {
        lock (sync)
            return Task.FromResult<IReadOnlyList<Release>>([.. releases.AsEnumerable().Reverse().Take(limit)]);
    }
}
