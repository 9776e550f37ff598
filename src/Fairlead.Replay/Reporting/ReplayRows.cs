using Fairlead.Domain.Services;
using Fairlead.DuckDb;

namespace Fairlead.Replay.Reporting;

/// <summary>The rows of a replay as a view of a database, and what its outputs are.</summary>
internal sealed class ReplayRows
{
    public const string View = "replayed_rows";

    private ReplayRows(DuckDbConnection connection, IReadOnlyList<OutputField> outputs)
    {
        Connection = connection;
        Outputs = outputs;
    }

    /// <summary>One thread at a time.</summary>
    public DuckDbConnection Connection { get; }

    public IReadOnlyList<OutputField> Outputs { get; }

    /// <param name="files">At least one.</param>
    /// <param name="tolerance">See <see cref="OutputField"/>.</param>
    public static ReplayRows Open(DuckDbConnection connection, IReadOnlyList<string> files, double tolerance, CancellationToken cancellationToken)
    {
        connection.Execute($"CREATE TEMP VIEW {View} AS SELECT * FROM read_parquet({DuckDbText.List(files)}, hive_partitioning = false)", cancellationToken);
        using var described = connection.Query($"SELECT replayed FROM {View} LIMIT 0", cancellationToken);
        var fields = described.Columns[0].Type.Fields;
        var isCall = CallSignature.IsAnswer([.. fields.Select(field => field.Name)]);
        return new ReplayRows(connection, [.. fields.Select(field => new OutputField(field.Name, field.Type, tolerance, isCall && field.Name == CallSignature.Bytes ? CallSignature.Body : null))]);
    }
}
