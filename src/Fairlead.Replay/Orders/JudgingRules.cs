using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Services;
using Fairlead.DuckDb;
using Fairlead.Predictions.Analysis;
using Fairlead.Replay.Reporting;

namespace Fairlead.Replay.Orders;

/// <summary>Finds by what answers are judged: what the order says, else what the project file says of the service.</summary>
public sealed class JudgingRules(IWorkspace workspace)
{
    /// <summary>For numbers that are computed in another order or on another processor.</summary>
    public const double DefaultTolerance = 1e-6;
    public const double DefaultThreshold = 0.5;

    /// <param name="outputs">Type of a struct with the outputs, in SQL.</param>
    /// <exception cref="FairleadException">Invalid: an expression cannot be used.</exception>
    public async Task<ReplayJudging> ResolveAsync(ReplayOrder order, string outputs, AnalysisSession session, CancellationToken cancellationToken)
    {
        var policy = await FindAsync(order.Service, cancellationToken).ConfigureAwait(false);
        var (score, label) = (Expression(order.Score ?? policy?.Score, "output"), Expression(order.Label ?? policy?.Label, "outcome"));
        if (score is not null)
            Check(session, score, $"SELECT ({score}\n) FROM (SELECT NULL::{outputs} AS output)", $"The score '{order.Score ?? policy?.Score}' is no output and no expression over 'output'");
        var hasOutcomes = session.Connection.Scalar("SELECT count(*) > 0 FROM outcomes") is true;
        if (label is not null && hasOutcomes)
            Check(session, label, $"SELECT ({label}\n) FROM scored", $"The label '{order.Label ?? policy?.Label}' is no field of the outcomes and no expression over 'outcome'");
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
    private static string? Expression(string? text, string column) =>
        text is not null && text.All(character => char.IsLetterOrDigit(character) || character is '_' or '-') ? $"{column}.{DuckDbText.Name(text)}" : text;

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
