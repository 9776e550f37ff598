using System.Globalization;
using Fairlead.Domain.Deployments;
using Fairlead.DuckDb;

namespace Fairlead.Monitoring.Experiments.Measuring;

/// <summary>Which predictions are meant: those that clients got of one service, in a span of time.</summary>
/// <param name="From">Inclusive.</param>
/// <param name="Until">Exclusive.</param>
internal sealed record UnitScope(string Service, string Environment, DateTimeOffset From, DateTimeOffset Until)
{
    /// <summary>All predictions of clients in the span.</summary>
    public string All =>
        $"""
        environment = {DuckDbText.Literal(Environment)} AND service = {DuckDbText.Literal(Service)} AND "role" = 'live'
          AND "time" >= {Moment(From)} AND "time" < {Moment(Until)} AND "date" >= {Day(From)} AND "date" <= {Day(Until)}
        """;

    /// <summary>Those that name a unit.</summary>
    public string OfUnits => $"{All} AND unit <> ''";

    /// <summary>Those whose unit the split gave to one of the arms; who names a version was not assigned by chance.</summary>
    public string Assigned(IEnumerable<ServerGroupName> arms) =>
        $"{OfUnits} AND coalesce(route, 'unit') = 'unit' AND server_group IN ({string.Join(", ", arms.Select(arm => DuckDbText.Literal(arm.ToString())))})";

    /// <summary>For a covariate: an outcome that came after the span may have to do with what happened then.</summary>
    public string Known(string condition) => $"{condition} AND (outcome_time IS NULL OR outcome_time < {Moment(Until)})";

    private static string Moment(DateTimeOffset at) =>
        $"TIMESTAMPTZ '{at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture)}+00'";

    private static string Day(DateTimeOffset at) => $"DATE '{at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}'";
}
