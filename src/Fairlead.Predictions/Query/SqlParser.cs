using Fairlead.DuckDb;

namespace Fairlead.Predictions.Query;

/// <summary>DuckDB's own parser on a connection; what asks it is prepared once.</summary>
/// <param name="connection">Not owned; it has to be there until this is disposed.</param>
internal sealed class SqlParser(DuckDbConnection connection) : IDisposable
{
    private DuckDbStatement? tree;

    /// <summary>The syntax tree of statements as JSON, or what is wrong with them.</summary>
    public string Tree(string sql)
    {
        tree ??= connection.Prepare("SELECT json_serialize_sql($1::VARCHAR)");
        tree.Bind(1, sql);
        using var result = tree.Execute();
        return result.Read() ? (string)result.Value(0)! : throw new InvalidOperationException("There is no tree of the statement.");
    }

    /// <summary>Computes times that hang on when a statement runs, for one that runs about now.</summary>
    /// <returns>Null when one of them is none.</returns>
    public (IReadOnlyList<(long First, long Last)> Spans, StatementTime Time)? Moments(IReadOnlyList<MomentExpression> moments)
    {
        try
        {
            var time = StatementTime.Around((DateTime)connection.Scalar("SELECT now()")!);
            var terms = moments.SelectMany(moment => new[] { At(moment, time.First), At(moment, time.Last) });
            using var result = connection.Query($"SELECT {string.Join(", ", terms)}");
            if (!result.Read())
                return null;
            var spans = moments.Select((_, index) => (result.Value(index * 2) as long?, result.Value((index * 2) + 1) as long?)).ToList();
            return spans.TrueForAll(span => IsTime(span.Item1) && IsTime(span.Item2)) ? ([.. spans.Select(span => (span.Item1!.Value, span.Item2!.Value))], time) : null;
        }
        catch (DuckDbException)
        {
            // The statement fails likewise, and says why.
            return null;
        }
    }

    /// <summary>The statement anew from its tree.</summary>
    public string Plain(string sql) => (string)connection.Scalar("SELECT json_deserialize_sql(json_serialize_sql($1::VARCHAR))", sql)!;

    public void Dispose() => tree?.Dispose();

    private static string At(MomentExpression moment, DateTime now) =>
        $"epoch_us(({moment.Sql.Replace(MomentExpression.Now, $"make_timestamptz({(now - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond})", StringComparison.Ordinal)})::TIMESTAMPTZ)";

    /// <summary>Whether it is one that a calendar has.</summary>
    private static bool IsTime(long? microseconds) =>
        microseconds is { } value && value >= (DateTime.MinValue - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond && value <= (DateTime.MaxValue - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
