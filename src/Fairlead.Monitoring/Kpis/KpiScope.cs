using System.Globalization;
using Fairlead.Domain.Projects;
using Fairlead.DuckDb;

namespace Fairlead.Monitoring.Kpis;

/// <summary>Which predictions a KPI counts: those that clients got in a span of time.</summary>
/// <param name="From">Inclusive.</param>
/// <param name="Until">Exclusive.</param>
internal sealed record KpiScope(KpiDefinition Definition, DateTimeOffset From, DateTimeOffset Until)
{
    public string Sql
    {
        get
        {
            var service = Definition.Service is { } name ? $" AND service = {DuckDbText.Literal(name)}" : "";
            var environments = Definition.Environments.Count == 0 ? "" : $" AND environment IN ({string.Join(", ", Definition.Environments.Select(DuckDbText.Literal))})";
            return $"""
                "role" = 'live' AND "time" >= {Moment(From)} AND "time" < {Moment(Until)} AND "date" >= {Day(From)} AND "date" <= {Day(Until)}{service}{environments}
                """;
        }
    }

    private static string Moment(DateTimeOffset at) =>
        $"TIMESTAMPTZ '{at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture)}+00'";

    private static string Day(DateTimeOffset at) => $"DATE '{at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}'";
}
