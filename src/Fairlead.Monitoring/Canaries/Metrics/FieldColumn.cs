using Fairlead.Domain.Problems;
using Fairlead.DuckDb;
using Fairlead.Predictions.Query;

namespace Fairlead.Monitoring.Canaries.Metrics;

/// <summary>A field of the inputs or outputs of predictions, as SQL.</summary>
/// <param name="IsNumber">Else its values are compared as words.</param>
internal sealed record FieldColumn(string Sql, bool IsNumber)
{
    private static readonly string[] Composed = ["STRUCT", "MAP", "UNION"];

    /// <param name="path">Such as <c>output.score</c> or <c>input.user.age</c>.</param>
    /// <exception cref="FairleadException">Invalid: there is no such field, or it has parts.</exception>
    public static FieldColumn Find(MetricRound round, string path)
    {
        var dot = path.IndexOf('.', StringComparison.Ordinal);
        var (root, field) = (path[..dot], path[(dot + 1)..]);
        string[] spellings = [$"{root}.{string.Join('.', field.Split('.').Select(DuckDbText.Name))}", $"{root}.{DuckDbText.Name(field)}"];
        foreach (var spelling in spellings.Distinct(StringComparer.Ordinal))
        {
            if (TypeOf(round, spelling) is not { } column)
                continue;
            if (column.Type.EndsWith(']') || Composed.Any(type => column.Type.StartsWith(type, StringComparison.Ordinal)))
                throw FairleadException.Invalid($"the field '{path}' is of the type {column.Type}, which has parts; make a metric of your own of one of them, by 'sql'");
            return new FieldColumn(spelling, column.IsNumber);
        }

        throw FairleadException.Invalid($"no prediction has a field '{path}' yet");
    }

    private static QueryColumn? TypeOf(MetricRound round, string spelling)
    {
        try
        {
            using var rows = round.Session.Connection.Query($"SELECT {spelling} FROM predictions WHERE false");
            return rows.Columns[0];
        }
        catch (DuckDbException)
        {
            return null;
        }
    }
}
