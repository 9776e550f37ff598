using Fairlead.Domain.Deployments;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Scoring;
using Fairlead.Predictions.Analysis;
using Fairlead.Predictions.Keeping;

namespace Fairlead.Replay.Verification;

/// <summary>Scores recorded predictions again by the very models that answered them, and says whether each answer can be had again to the last bit.</summary>
/// <param name="scorers">Of models and chains.</param>
public sealed class PredictionVerifier(
    PredictionAnalysis analysis, IServerGroupCatalog groups, IScorerFactory scorers, VerificationCatalog verifications, ErasedPredictions erased, TimeProvider time)
{
    /// <summary>Verifies one prediction, and records what came of it.</summary>
    /// <exception cref="FairleadException">NotFound: there is no such prediction, or it was erased.</exception>
    public Task<VerificationReport> VerifyAsync(PredictionId id, string user, CancellationToken cancellationToken) =>
        VerifyAsync(id, user, static (verified, _, _) => Task.FromResult(verified), cancellationToken);

    /// <summary>As above, with a look further before it is recorded.</summary>
    /// <param name="further">Gets what was found, the server group that answered, null when it is unknown, and what scores the row by another state of the group.</param>
    internal async Task<VerificationReport> VerifyAsync(
        PredictionId id, string user, Func<VerifiedPrediction, ServerGroup?, Func<ServerGroup, Task<VerifiedPrediction>>, Task<VerifiedPrediction>> further, CancellationToken cancellationToken)
    {
        using var session = await analysis.OpenAsync(1, cancellationToken).ConfigureAwait(false);
        var row = await Task.Run(() => new RowReader(session, cancellationToken).Find(id), cancellationToken).ConfigureAwait(false)
            ?? throw await MissingAsync(id, cancellationToken).ConfigureAwait(false);
        var verified = await VerifyRowsAsync(session, [row], cancellationToken).ConfigureAwait(false);
        var group = await groups.FindAsync(row.ServerGroup, cancellationToken).ConfigureAwait(false);
        verified[0] = await further(verified[0], group, RescoreAsync).ConfigureAwait(false);
        return await verifications.AddAsync(id.ToString(), Report(row.Service, row.Environment, user, verified, verified), cancellationToken).ConfigureAwait(false);

        async Task<VerifiedPrediction> RescoreAsync(ServerGroup other) => (RowObstacle.Of(group) ?? RowObstacle.Of(row, group!)) is { } obstacle
            ? GroupVerifier.Blank(row, other, obstacle)
            : (await ScoreAsync(session, other, [row], "fairlead_verify_again", cancellationToken).ConfigureAwait(false))[0];
    }

    /// <summary>Verifies a sample of each service, and records a report for each.</summary>
    /// <exception cref="FairleadException">Invalid; NotFound: nothing was answered in the range.</exception>
    public async Task<IReadOnlyList<VerificationReport>> VerifySampleAsync(VerificationOrder order, CancellationToken cancellationToken)
    {
        var until = order.Until ?? time.GetUtcNow();
        Require(order, until);
        using var session = await analysis.OpenAsync(1, cancellationToken).ConfigureAwait(false);
        var reader = new RowReader(session, cancellationToken);
        var services = order.Service is { } one ? [one] : await Task.Run(() => reader.Services(order.Environment, order.Since, until), cancellationToken).ConfigureAwait(false);
        var reports = new List<VerificationReport>();
        foreach (var service in services)
        {
            var rows = await Task.Run(() => reader.Draw(service, order.Environment, order.Since, until, order.Sample), cancellationToken).ConfigureAwait(false);
            if (rows.Count == 0)
                continue;
            var verified = await VerifyRowsAsync(session, rows, cancellationToken).ConfigureAwait(false);
            var told = verified.Where(verification => verification.Verdict != Verdict.Identical).OrderBy(Rank).Take(BitComparison.Most).ToList();
            var report = Report(service, order.Environment, order.User ?? "fairlead", verified, told) with { Since = order.Since, Until = until };
            reports.Add(await verifications.AddAsync(VerificationCatalog.NameOf(service, order.Environment), report, cancellationToken).ConfigureAwait(false));
        }

        return reports.Count > 0
            ? reports
            : throw FairleadException.NotFound($"{(order.Service is null ? "Nothing" : $"The service '{order.Service}'")} answered {(order.Service is null ? "" : "nothing ")}in the environment '{order.Environment}' from '{order.Since:u}' until '{until:u}'; choose another range by '--since'.");
    }

    private static void Require(VerificationOrder order, DateTimeOffset until)
    {
        if (string.IsNullOrWhiteSpace(order.Environment))
            throw FairleadException.Invalid("A sample needs 'environment', whose predictions are verified.");
        if (order.Sample is < 1 or > VerificationOrder.MaxSample)
            throw FairleadException.Invalid($"The sample '{order.Sample}' is not accepted; expected 1 to {VerificationOrder.MaxSample} predictions.");
        if (until <= order.Since)
            throw FairleadException.Invalid($"The range from '{order.Since:O}' until '{until:O}' is empty; 'since' must be before 'until'.");
    }

    private async Task<List<VerifiedPrediction>> VerifyRowsAsync(AnalysisSession session, IReadOnlyList<RecordedRow> rows, CancellationToken cancellationToken)
    {
        var verified = new List<VerifiedPrediction>(rows.Count);
        var number = 0;
        foreach (var some in rows.GroupBy(row => row.ServerGroup))
        {
            var group = await groups.FindAsync(some.Key, cancellationToken).ConfigureAwait(false);
            var scorable = new List<RecordedRow>();
            foreach (var row in some)
            {
                if ((RowObstacle.Of(group) ?? RowObstacle.Of(row, group!)) is { } obstacle)
                    verified.Add(GroupVerifier.Blank(row, group, obstacle));
                else
                    scorable.Add(row);
            }

            if (scorable.Count > 0)
                verified.AddRange(await ScoreAsync(session, group!, scorable, $"fairlead_verify_{++number}", cancellationToken).ConfigureAwait(false));
        }

        return verified;
    }

    private async Task<List<VerifiedPrediction>> ScoreAsync(AnalysisSession session, ServerGroup group, List<RecordedRow> rows, string function, CancellationToken cancellationToken)
    {
        try
        {
            var scorer = await scorers.OpenAsync(group.Service, cancellationToken).ConfigureAwait(false);
            await using (scorer.ConfigureAwait(false))
                return await Task.Run(() => new GroupVerifier(session, group, scorer, function, cancellationToken).Verify(rows), cancellationToken).ConfigureAwait(false);
        }
        catch (FairleadException e) when (!e.IsRetryable)
        {
            // The model is gone, damaged or does not load: so much is said of each of its predictions.
            return [.. rows.Select(row => GroupVerifier.Blank(row, group, e.Message, e.Kind is ProblemKind.Damaged))];
        }
    }

    private VerificationReport Report(string service, string environment, string user, IReadOnlyList<VerifiedPrediction> verified, IReadOnlyList<VerifiedPrediction> told) => new()
    {
        At = time.GetUtcNow(),
        By = user,
        Service = service,
        Environment = environment,
        Checked = verified.Count,
        Identical = Count(verified, Verdict.Identical),
        Rounding = Count(verified, Verdict.Rounding),
        Different = Count(verified, Verdict.Different),
        Impossible = Count(verified, Verdict.Impossible),
        Damaged = verified.Count(verification => verification.IsDamaged),
        Reasons = verified.Where(verification => verification.Reason is not null).CountBy(verification => verification.Reason!).OrderByDescending(pair => pair.Value).ToDictionary(pair => pair.Key, pair => pair.Value),
        Verifications = told,
    };

    private static int Count(IReadOnlyList<VerifiedPrediction> verified, Verdict verdict) => verified.Count(verification => verification.Verdict == verdict);

    private static int Rank(VerifiedPrediction verification) => verification.Verdict switch
    {
        Verdict.Different => 0,
        Verdict.Impossible => verification.IsDamaged ? 1 : 3,
        _ => 2,
    };

    private async Task<FairleadException> MissingAsync(PredictionId id, CancellationToken cancellationToken) =>
        await erased.FindAsync(id, cancellationToken).ConfigureAwait(false) is { } erasure
            ? FairleadException.NotFound($"The prediction '{id}' was erased on {erasure.RequestedAt:yyyy-MM-dd} by erasure '{erasure.Number}'; what it was is kept nowhere.")
            : FairleadException.NotFound($"There is no prediction '{id}': it was made by another project or on another machine, was answered before capture began, or its retention is over.");
}
