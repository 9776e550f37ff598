using Fairlead.Domain.Projects;

namespace Fairlead.Web.Tests.Pages;

/// <summary>A repository without a history.</summary>
internal sealed class NoCommits : ICommitLog
{
    public Task<IReadOnlyList<CommitEntry>> ListAsync(string? since, string until, int limit, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<CommitEntry>>([]);
}
