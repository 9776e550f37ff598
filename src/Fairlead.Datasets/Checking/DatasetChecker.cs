using Fairlead.Datasets.Reading;
using Fairlead.Domain.Datasets;
using Fairlead.Domain.Problems;
using Fairlead.DuckDb;

namespace Fairlead.Datasets.Checking;

/// <summary>Finds what of data is not as expected. A row meets a condition when it is true: not when it is unknown, as with a missing value.</summary>
internal sealed class DatasetChecker(DataSession session, CancellationToken cancellationToken)
{
    private const int MostExamples = 5;
    private const int MostColumns = 30;
    private readonly DuckDbConnection connection = session.Connection;

    public IReadOnlyList<DatasetFailure> Check(string path, DatasetOrder order)
    {
        var table = DataTable.Open(connection, path, "data", cancellationToken);
        if (table.Rows is null)
            return [new DatasetFailure("", "The files hold no rows that can be read, so that nothing can be expected of them.")];
        return [.. order.Schema.Select(column => CheckColumn(table, column.Key, column.Value)).OfType<DatasetFailure>(), .. order.Expect.Select(condition => CheckCondition(table, condition)).OfType<DatasetFailure>()];
    }

    private DatasetFailure? CheckColumn(DataTable table, string name, string type)
    {
        var expected = $"{name}: {type}";
        if (table.Columns.FirstOrDefault(column => column.Name == name) is not { } column)
            return new DatasetFailure(expected, $"There is no column '{name}'; {NearestName.Hint(name, [.. table.Columns.Select(known => known.Name)])}");
        try
        {
            var normal = connection.Scalar($"select typeof(cast(null as {type}))") as string;
            return normal == column.Type ? null : new DatasetFailure(expected, $"The column '{name}' is {column.Type}, not {normal}.");
        }
        catch (DuckDbException)
        {
            return new DatasetFailure(expected, $"'{type}' is no type of SQL; use one such as '{column.Type}', which the column '{name}' has.");
        }
    }

    private DatasetFailure? CheckCondition(DataTable table, string condition)
    {
        // A comment at its end must not swallow what follows it.
        var expression = $"({condition}\n)";
        try
        {
            return IsOfRows(table, expression) ? CheckRows(table, condition, $"where {expression} is not true") : CheckWhole(table, condition, expression);
        }
        catch (DuckDbException e)
        {
            return new DatasetFailure(condition, $"The condition cannot be computed: {DataProblem.OfExpression(e)}.");
        }
    }

    private bool IsOfRows(DataTable table, string expression)
    {
        try
        {
            using var statement = connection.Prepare($"select 1 from {table.Name} where {expression} is not true");
            return true;
        }
        catch (DuckDbException e) when (e.Message.Contains("aggregate", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }
    }

    private DatasetFailure? CheckRows(DataTable table, string condition, string where)
    {
        var rows = (long)connection.Scalar($"select count(*) from {table.Name} {where}")!;
        if (rows == 0)
            return null;
        var columns = table.Columns.Take(MostColumns).ToList();
        var examples = new List<IReadOnlyList<string?>>();
        using var result = connection.Query($"select {string.Join(", ", columns.Select(column => DataColumn.Text(column.Sql)))} from {table.Name} {where} limit {MostExamples}", cancellationToken);
        while (result.Read(cancellationToken))
            examples.Add([.. columns.Select((_, index) => result.Value(index) as string)]);
        return new DatasetFailure(condition, $"{rows:N0} of {table.Rows:N0} rows do not meet it.") { Rows = rows, Columns = [.. columns.Select(column => column.Name)], Examples = examples };
    }

    private DatasetFailure? CheckWhole(DataTable table, string condition, string expression)
    {
        using var result = connection.Query($"select {expression}::varchar from {table.Name}", cancellationToken);
        result.Read(cancellationToken);
        return result.Value(0) as string is "true" ? null
            : new DatasetFailure(condition, $"It is {(result.Value(0) is string value ? $"'{value}'" : "unknown")} for the {table.Rows:N0} rows together.");
    }
}
