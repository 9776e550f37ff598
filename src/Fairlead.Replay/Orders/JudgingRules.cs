using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Services;
using Fairlead.DuckDb;
using Fairlead.Predictions.Analysis;
using Fairlead.Predictions.Scoring;
using Fairlead.Replay.Planning;
using Fairlead.Replay.Reporting;

namespace Fairlead.Replay.Orders;

/// <summary>Finds by what answers are judged: what the order says, else what the project file says of the service.</summary>
public sealed class JudgingRules(IWorkspace workspace)
{
    /// <summary>For numbers that are computed in another order or on another processor.</summary>
    public const double DefaultTolerance = 1e-6;
    public const double DefaultThreshold = 0.5;

    /// <param name="function">Knows the outputs.</param>
    /// <param name="plan">Of the rows that are judged.</param>
    /// <exception cref="FairleadException">Invalid: an expression cannot be used; Exhausted: it takes more memory than queries may have.</exception>
    internal async Task<ReplayJudging> ResolveAsync(ReplayOrder order, ScoringFunction function, ReplayPlan plan, AnalysisSession session, CancellationToken cancellationToken)
    {
        var policy = await FindAsync(order.Service, cancellationToken).ConfigureAwait(false);
        var (score, label) = (Expression(order.Score ?? policy?.Score, "output"), Expression(order.Label ?? policy?.Label, "outcome"));
        if (score is not null)
        {
            Check(session, score, $"SELECT ({score}\n) FROM (SELECT NULL::{function.OutputType} AS output)", $"The score '{order.Score ?? policy?.Score}' is no output and no expression over 'output'");
            await RehearseAsync(session, order.Score ?? policy!.Score!, score, RecordedOutputs(function, plan), cancellationToken).ConfigureAwait(false);
        }

        var hasOutcomes = session.Connection.Scalar("SELECT count(*) > 0 FROM outcomes") is true;
        if (label is not null && hasOutcomes)
        {
            Check(session, label, $"SELECT ({label}\n) FROM scored", $"The label '{order.Label ?? policy?.Label}' is no field of the outcomes and no expression over 'outcome'");
            await RehearseAsync(session, order.Label ?? policy!.Label!, label, $"scored WHERE {RowsOf(plan)} AND outcome IS NOT NULL", cancellationToken).ConfigureAwait(false);
        }

        return new ReplayJudging
        {
            Score = score,
            // Before the first outcome there are no fields to be named.
            Label = hasOutcomes ? label : null,
            Task = order.Task ?? policy?.Task,
            Threshold = order.Threshold ?? policy?.Threshold ?? DefaultThreshold,
            Tolerance = order.Tolerance ?? DefaultTolerance,
        };
    }

    // A project file that cannot be read now is no reason to refuse a replay that needs nothing of it.
    private async Task<EvaluationPolicy?> FindAsync(string service, CancellationToken cancellationToken)
    {
        try
        {
            var snapshot = await workspace.ReadAsync(cancellationToken).ConfigureAwait(false);
            return snapshot.Project.Services.FirstOrDefault(candidate => candidate.Name == service)?.Evaluation;
        }
        catch (FairleadException)
        {
            return null;
        }
    }

    // A bare name is a field.
    private static string? Expression(string? text, string column) => text is not null && IsName(text) ? $"{column}.{DuckDbText.Name(text)}" : text;

    private static bool IsName(string text) => text.All(character => char.IsLetterOrDigit(character) || character is '_' or '-');

    /// <summary>Runs an expression over what was recorded where queries run, before it runs here over the same and over what is scored: what takes too much does so there.</summary>
    private static async Task RehearseAsync(AnalysisSession session, string written, string expression, string from, CancellationToken cancellationToken)
    {
        if (IsName(written))
            return;
        try
        {
            await Task.Run(() => session.Rehearse($"SELECT max(hash(({expression}\n)::VARCHAR)) FROM {from}", cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        catch (DuckDbException e) when (e.Kind == DuckDbErrorKind.OutOfMemory)
        {
            throw new FairleadException(ProblemKind.Exhausted, $"'{written}' needs more memory than a query may have: {e.Message.Split('\n')[0]}; make it simpler, or allow more by 'fairlead up --query-memory'.", e);
        }
        catch (DuckDbException)
        {
            // The row at fault may be none that is judged, such as one that the target refuses; of one that is, the report's own statement tells.
        }
    }

    private static string RecordedOutputs(ScoringFunction function, ReplayPlan plan)
    {
        var outputs = function.Outputs.Select((output, i) => $"{DuckDbText.Name(output.Name)} := {plan.Recorded[i] ?? $"NULL::{output.SqlType}"}");
        return $"(SELECT struct_pack({string.Join(", ", outputs)}) AS output FROM predictions WHERE {RowsOf(plan)})";
    }

    private static string RowsOf(ReplayPlan plan) => $"{plan.Condition} AND status < 400 AND {ReplayPlanner.RangeOf(plan.Since, plan.Until)}";

    private static void Check(AnalysisSession session, string expression, string sql, string what)
    {
        session.CheckExpression(expression);
        try
        {
            session.Connection.Prepare(sql).Dispose();
        }
        catch (DuckDbException e)
        {
            throw FairleadException.Invalid($"{what}: {e.Message.Split('\n')[0]}");
        }
    }
}
