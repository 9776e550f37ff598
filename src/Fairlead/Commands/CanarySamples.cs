using Fairlead.Domain.Problems;
using Fairlead.DuckDb;

namespace Fairlead.Commands;

/// <summary>A table of metrics: a column for each, a row for each point.</summary>
/// <param name="Columns">Values by metric, NaN where a cell is empty; a column of times is none.</param>
internal sealed record CanarySamples(string Path, int Rows, IReadOnlyDictionary<string, double[]> Columns)
{
    private static readonly string[] TimeNames = ["time", "timestamp", "ts", "date"];

    /// <exception cref="FairleadException">NotFound; Invalid when it holds no rows, or what is no number.</exception>
    public static CanarySamples Read(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
            throw FairleadException.NotFound($"There is no table of metrics at '{path}'.");
        var reader = DuckDbRowFiles.ReaderOf(path) ?? throw FairleadException.Invalid($"'{path}' holds no rows; expected CSV or Parquet.");
        try
        {
            using var database = DuckDbDatabase.OpenInMemory();
            using var connection = database.Connect();
            connection.Execute($"create table points as select * from {reader}", cancellationToken);
            var names = MetricsOf(connection, cancellationToken);
            return names.Count > 0 ? Read(path, connection, names, cancellationToken)
                : throw FairleadException.Invalid($"'{path}' has no column of a metric; give each metric a column with its name in the first row.");
        }
        catch (DuckDbException e)
        {
            throw FairleadException.Invalid($"The metrics of '{path}' could not be read: {e.Message}");
        }
    }

    private static List<string> MetricsOf(DuckDbConnection connection, CancellationToken cancellationToken)
    {
        using var result = connection.Query("select column_name, column_type from (describe points)", cancellationToken);
        var names = new List<string>();
        while (result.Read(cancellationToken))
        {
            var (name, type) = ((string)result.Value(0)!, (string)result.Value(1)!);
            if (!TimeNames.Contains(name, StringComparer.OrdinalIgnoreCase) && !type.StartsWith("TIME", StringComparison.Ordinal) && !type.StartsWith("DATE", StringComparison.Ordinal))
                names.Add(name);
        }

        return names;
    }

    private static CanarySamples Read(string path, DuckDbConnection connection, List<string> names, CancellationToken cancellationToken)
    {
        // A column of empty cells is text, which casts as well when every cell is empty.
        var columns = names.ConvertAll(_ => new List<double>());
        var select = string.Join(", ", names.Select(name => $"cast({DuckDbText.Name(name)} as double)"));
        using var result = connection.Query($"select {select} from points", cancellationToken);
        while (result.Read(cancellationToken))
        {
            for (var i = 0; i < columns.Count; i++)
                columns[i].Add(result.Value(i) is double value ? value : double.NaN);
        }

        return new CanarySamples(path, columns[0].Count, names.Zip(columns).ToDictionary(pair => pair.First, pair => pair.Second.ToArray(), StringComparer.Ordinal));
    }
}
