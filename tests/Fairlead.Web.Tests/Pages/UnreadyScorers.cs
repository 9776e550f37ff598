using Fairlead.Domain.Problems;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Scoring;

namespace Fairlead.Web.Tests.Pages;

/// <summary>No engine at all: nothing can be scored again.</summary>
internal sealed class UnreadyScorers : IScorerFactory
{
    public Task<IScorer> OpenAsync(ReleasedService service, CancellationToken cancellationToken) =>
        Task.FromException<IScorer>(FairleadException.Failed($"The service '{service.Name}' does not load here."));
}
