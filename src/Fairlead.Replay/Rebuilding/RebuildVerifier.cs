using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Runs;
using Fairlead.Replay.Verification;

namespace Fairlead.Replay.Rebuilding;

/// <summary>Verifies a prediction, then makes its models again from commit and data, scores it by them, and compares both with what was recorded.</summary>
public sealed class RebuildVerifier(PredictionVerifier verifier, IRunRebuilder rebuilder, IRunCatalog runs)
{
    private readonly ModelRebuilder models = new(rebuilder, runs);

    /// <summary>Records what came of it as a verification of the prediction.</summary>
    /// <param name="progress">Told in lines what happens; from any thread, one at a time.</param>
    /// <exception cref="FairleadException">NotFound: there is no such prediction, or it was erased.</exception>
    public Task<VerificationReport> VerifyAsync(PredictionId id, string user, Action<string> progress, CancellationToken cancellationToken) => verifier.VerifyAsync(
        id,
        user,
        async (verified, group, rescore) =>
        {
            if (group is null)
                return verified with { Rebuild = new RebuildReport { Outcome = RebuildOutcome.Impossible, Reason = "The catalog does not hold its server group, so that nobody knows which model answered." } };
            var (report, service) = await models.RebuildAsync(group.Service, progress, cancellationToken).ConfigureAwait(false);
            if (service is null)
                return verified with { Rebuild = report };
            var again = await rescore(group with { Service = service }).ConfigureAwait(false);
            return verified with { Rebuild = report with { Verdict = again.Verdict, VerdictReason = again.Reason, Differences = again.Differences } };
        },
        cancellationToken);
}
