using Fairlead.DuckDb;

namespace Fairlead.Predictions.Compaction;

/// <summary>
/// Lets statements read rows that are made while they run, and so lie in no table before. A database keeps it until it is closed, one for each
/// type of rows. One statement at a time.
/// </summary>
internal sealed class RowFunction
{
    private readonly string name;
    private IRowSource? source;
    private long given;

    private RowFunction(string name) => this.name = name;

    /// <summary>What the source threw, which the statement's own error tells only in words.</summary>
    public Exception? Failure { get; private set; }

    /// <param name="type">Type in SQL of one row, a struct.</param>
    public static RowFunction Register(DuckDbConnection connection, string name, string type)
    {
        var function = new RowFunction(name);
        connection.Register(name, ["BIGINT"], type, function.Give);
        return function;
    }

    /// <summary>What a statement selects from: the rows of the source, in their order. The next statement that runs reads it to its end.</summary>
    public string Begin(IRowSource rows)
    {
        (source, given, Failure) = (rows, 0, null);
        return $"(SELECT made.* FROM (SELECT {name}(\"range\") AS made FROM range({rows.Rows})))";
    }

    /// <summary>Lets go of the source, unless another has taken its place.</summary>
    public void End(IRowSource rows)
    {
        if (ReferenceEquals(source, rows))
            source = null;
    }

    private void Give(IReadOnlyList<DuckDbColumn> arguments, int rows, DuckDbColumnWriter result)
    {
        try
        {
            if (source is null || arguments[0].Span<long>()[0] != given)
                throw new InvalidOperationException($"Row {given} of what is written was not asked for in its turn.");
            source.Write(rows, result);
            given += rows;
        }
        catch (Exception e)
        {
            Failure = e;
            throw;
        }
    }
}
