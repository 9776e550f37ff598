using System.Globalization;
using Fairlead.Domain.Deployments;
using Fairlead.DuckDb;

namespace Fairlead.Monitoring.Canaries.Metrics;

/// <summary>One side of a canary in time.</summary>
/// <param name="Share">Of the traffic, above 0 to 1.</param>
/// <param name="IsShadow">It answers copies.</param>
/// <param name="From">Inclusive.</param>
/// <param name="Until">Exclusive.</param>
internal sealed record MetricSide(ServerGroupName Group, double Share, bool IsShadow, DateTimeOffset From, DateTimeOffset Until)
{
    /// <summary>Its predictions.</summary>
    public string Where =>
        $"""
        environment = {DuckDbText.Literal(Group.Environment)} AND service = {DuckDbText.Literal(Group.Service)} AND server_group = {DuckDbText.Literal(Group.ToString())}
          AND "role" = '{(IsShadow ? "shadow" : "live")}' AND "time" >= {Moment(From)} AND "time" < {Moment(Until)} AND "date" >= {Day(From)} AND "date" <= {Day(Until)}
        """;

    /// <summary>As SQL.</summary>
    public static string Moment(DateTimeOffset at) =>
        $"TIMESTAMPTZ '{at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture)}+00'";

    private static string Day(DateTimeOffset at) => $"DATE '{at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}'";
}
