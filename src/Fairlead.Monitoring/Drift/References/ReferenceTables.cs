using System.Globalization;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Scoring;
using Fairlead.DuckDb;
using Fairlead.Monitoring.Drift.Counting;
using Fairlead.Monitoring.Drift.Fields;
using Fairlead.Monitoring.Drift.Reports;
using Fairlead.Predictions.Scoring;

namespace Fairlead.Monitoring.Drift.References;

/// <summary>Lays the columns of a reference out as a table, and has the live model score a sample of its rows for another.</summary>
internal sealed class ReferenceTables(DuckDbConnection connection, IScorerFactory scorers)
{
    private const long MostRows = 8_000_000;
    private const int ScoredRows = 50_000;
    private const string Function = "drift_score";
    private int created;

    /// <summary>Inputs and outcomes.</summary>
    public DriftTable Create(ReferenceRows reference, FieldPlans plans, CancellationToken cancellationToken)
    {
        var name = $"drift_reference_{created++}";
        var columns = plans.Fields.Where(field => field.Source != FieldSource.Output).Select(field => $"{field.InReference ?? Nothing(field)} AS {field.Column}").DefaultIfEmpty("1 AS nothing");
        connection.Execute($"CREATE TABLE {name} AS SELECT {string.Join(", ", columns)} FROM ({reference.Source}) USING SAMPLE reservoir({MostRows} ROWS) REPEATABLE (1)", cancellationToken);
        return new DriftTable(name, Convert.ToInt64(connection.Scalar($"SELECT count(*) FROM {name}"), CultureInfo.InvariantCulture));
    }

    /// <summary>Inputs and outputs of rows that the model scores now; null and why when it cannot.</summary>
    public async Task<(DriftTable? Table, string? Note)> ScoreAsync(ReferenceRows reference, FieldPlans plans, ReleasedService service, CancellationToken cancellationToken)
    {
        if (service.Signature.Inputs.FirstOrDefault(input => reference.Find(input.Name) is null) is { } missing)
            return (null, $"{reference.Description} has no column '{missing.Name}', so that '{service.Label}' cannot score it: outputs are compared with the time before only.");
        try
        {
            var scorer = await scorers.OpenAsync(service, cancellationToken).ConfigureAwait(false);
            await using (scorer.ConfigureAwait(false))
                return (Score(reference, plans, scorer, cancellationToken), null);
        }
        catch (Exception e) when (e is FairleadException or DuckDbException)
        {
            return (null, $"'{service.Label}' could not score {reference.Description}: {e.Message.TrimEnd('.')}; outputs are compared with the time before only.");
        }
    }

    private DriftTable Score(ReferenceRows reference, FieldPlans plans, IScorer scorer, CancellationToken cancellationToken)
    {
        var (name, rows, scored) = ($"drift_scored_{created++}", $"drift_sample_{created}", $"drift_answers_{created}");
        var function = new ScoringFunction(scorer, new ScoringOptions(), cancellationToken);
        function.Register(connection, $"{Function}_{created}");
        var arguments = function.Inputs.Zip(scorer.Signature.Inputs, (input, spec) => $"TRY_CAST({DuckDbText.Name(reference.Find(spec.Name)!.Value.Name)} AS {input.SqlType})");
        connection.Execute($"CREATE TEMP TABLE {rows} AS SELECT * FROM ({reference.Source}) USING SAMPLE reservoir({ScoredRows} ROWS) REPEATABLE (1)", cancellationToken);
        var inputs = plans.Of(FieldSource.Input).Select(field => $"{field.InReference ?? Nothing(field)} AS {field.Column}");
        // In two statements, since a function that stands for several columns may be called for each.
        connection.Execute($"CREATE TEMP TABLE {scored} AS SELECT {string.Join(", ", inputs.Append($"{Function}_{created}({string.Join(", ", arguments)}) AS answer"))} FROM {rows}", cancellationToken);
        var outputs = plans.Of(FieldSource.Output).Select(field => $"{field.Part("answer.output")} AS {field.Column}");
        connection.Execute($"CREATE TABLE {name} AS SELECT {string.Join(", ", plans.Of(FieldSource.Input).Select(field => field.Column).Concat(outputs))} FROM {scored} WHERE answer.error IS NULL", cancellationToken);
        return new DriftTable(name, Convert.ToInt64(connection.Scalar($"SELECT count(*) FROM {name}"), CultureInfo.InvariantCulture));
    }

    private static string Nothing(FieldPlan field) => field.IsNumber ? "NULL::DOUBLE" : "NULL::VARCHAR";
}
