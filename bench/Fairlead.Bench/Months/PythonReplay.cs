using System.Globalization;
using Fairlead.Bench.Processes;
using Fairlead.Bench.Workspaces;
using Fairlead.Domain.Projects;
using Fairlead.DuckDb;
using Fairlead.Predictions.Compaction;

namespace Fairlead.Bench.Months;

/// <summary>A replay as a team writes it by hand: a loop of Python's own over CSV.</summary>
internal static class PythonReplay
{
    private const int Rows = 100_000;

    public static async Task<double> RowsPerSecondAsync(BenchContext context, Workspace workspace, string flights, CancellationToken cancellationToken)
    {
        var csv = Path.Combine(context.Folder, "may.csv");
        var predictions = new StateFolder(workspace.Folder).Predictions;
        using (var database = DuckDbDatabase.OpenInMemory(new Dictionary<string, string> { ["threads"] = "2", ["memory_limit"] = "2GB" }))
        using (var connection = database.Connect())
        {
            connection.Execute(
                $"""
                COPY (SELECT p.input.hour AS hour, p.input.day_of_week AS day_of_week, p.input.distance AS distance, p.input.origin AS origin, p.input.destination AS destination, p.output.late AS answer, f.late
                  FROM read_parquet({DuckDbText.Literal(Path.Combine(predictions, PredictionLayout.Predictions, "**", "*.parquet"))}, hive_partitioning = false) p
                  JOIN {DuckDbText.Literal(flights)} f ON {DatedPredictions.IdSql("f")} = p.id
                  WHERE p."time" >= '2001-05-01 00:00:00Z' AND p."time" < '2001-06-01 00:00:00Z' LIMIT {Rows}) TO {DuckDbText.Literal(csv)} (FORMAT csv, HEADER)
                """,
                cancellationToken);
        }

        var output = await Command.RunAsync("/usr/bin/python3", [Path.Combine(AppContext.BaseDirectory, "Months", "python_replay.py"), csv], context.Folder, Workspace.NoVariables, cancellationToken);
        return double.Parse(output.Split(' ')[0], CultureInfo.InvariantCulture);
    }
}
