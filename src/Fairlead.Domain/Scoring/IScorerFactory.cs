using Fairlead.Domain.Releases;

namespace Fairlead.Domain.Scoring;

/// <summary>The seam to scoring outside the host: replays and verifications.</summary>
public interface IScorerFactory
{
    /// <summary>Makes a service ready to score: a model or chain is loaded, a command service started and waited for.</summary>
    /// <exception cref="Problems.FairleadException">Failed: it does not load or start; Damaged or NotFound: its bytes are not whole in the store.</exception>
    Task<IScorer> OpenAsync(ReleasedService service, CancellationToken cancellationToken);
}
