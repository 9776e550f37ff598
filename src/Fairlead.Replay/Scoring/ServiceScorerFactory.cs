using Fairlead.Domain.Releases;
using Fairlead.Domain.Scoring;

namespace Fairlead.Replay.Scoring;

/// <summary>Makes any service ready to score: models and chains by the engine of this process, commands by an instance of their own.</summary>
public sealed class ServiceScorerFactory(IScorerFactory models, IScorerFactory commands) : IScorerFactory
{
    public Task<IScorer> OpenAsync(ReleasedService service, CancellationToken cancellationToken) =>
        (service.Command is null ? models : commands).OpenAsync(service, cancellationToken);
}
