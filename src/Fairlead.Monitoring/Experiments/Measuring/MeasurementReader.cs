using System.Globalization;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;
using Fairlead.DuckDb;
using Fairlead.Predictions.Analysis;
using Fairlead.Predictions.Query;
using Fairlead.Statistics.Experiments;

namespace Fairlead.Monitoring.Experiments.Measuring;

/// <summary>
/// Reads an experiment out of the predictions: a unit belongs to the arm that answered it, all its predictions since the start are its value, and units seen
/// in more than one arm are left out.
/// </summary>
internal static class MeasurementReader
{
    /// <summary>How far back a covariate looks from the start.</summary>
    public static readonly TimeSpan Before = TimeSpan.FromDays(28);

    private const string Units = "experiment_units";
    private const string Earlier = "experiment_earlier";

    /// <param name="until">Exclusive.</param>
    /// <exception cref="FairleadException">Invalid: a metric that cannot be computed.</exception>
    public static ExperimentMeasurement Read(
        ExpressionSession session, ExperimentDesign design, DateTimeOffset start, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var columns = MetricColumns.Check(session, design.Metrics, design.Covariate);
        var scope = new UnitScope(design.Service, design.Environment, start, until);
        var arms = design.Arms.Select(arm => arm.ServerGroup).ToList();
        try
        {
            MakeUnits(session, columns, scope.Assigned(arms), cancellationToken);
            MakeEarlier(session, columns, scope with { From = start - Before, Until = start }, cancellationToken);
            var (units, crossed) = CountUnits(session, arms, cancellationToken);
            var (predictions, withoutUnit, unassigned) = CountPredictions(session, scope, cancellationToken);
            return new ExperimentMeasurement
            {
                Units = units,
                Crossed = crossed,
                Predictions = predictions,
                WithoutUnit = withoutUnit,
                Unassigned = unassigned,
                Metrics = [.. design.Metrics.Select((metric, i) => Moments(session, metric.Name, i, arms, cancellationToken))],
            };
        }
        finally
        {
            session.Connection.Execute($"DROP TABLE IF EXISTS {Units}; DROP TABLE IF EXISTS {Earlier}", CancellationToken.None);
        }
    }

    /// <summary>The moments of all units in a span, as if they were one arm.</summary>
    public static (long Units, IReadOnlyList<UnitMoments> Metrics) ReadHistory(
        ExpressionSession session, ExperimentDesign design, UnitScope scope, CancellationToken cancellationToken)
    {
        var columns = MetricColumns.Check(session, design.Metrics, design.Covariate);
        try
        {
            MakeUnits(session, columns, scope.OfUnits, cancellationToken);
            session.Connection.Execute($"UPDATE {Units} SET arm = '', crossed = false", cancellationToken);
            MakeEarlier(session, columns, null, cancellationToken);
            var units = (long)session.Connection.Scalar($"SELECT count(*) FROM {Units}")!;
            return (units, [.. design.Metrics.Select((metric, i) => Moments(session, metric.Name, i, [default], cancellationToken)[0])]);
        }
        finally
        {
            session.Connection.Execute($"DROP TABLE IF EXISTS {Units}; DROP TABLE IF EXISTS {Earlier}", CancellationToken.None);
        }
    }

    private static void MakeUnits(ExpressionSession session, MetricColumns columns, string condition, CancellationToken cancellationToken)
    {
        try
        {
            session.Connection.Execute(
                $"""
                CREATE TEMP TABLE {Units} AS
                SELECT unit, min(server_group) AS arm, min(server_group) <> max(server_group) AS crossed{columns.Select}
                FROM {columns.MetricSource} WHERE {condition} GROUP BY unit
                """,
                cancellationToken);
        }
        catch (DuckDbException e) when (e.Kind != DuckDbErrorKind.OutOfMemory)
        {
            throw new FairleadException(ProblemKind.Invalid, $"A metric of the experiment cannot be computed: {e.Message}", e);
        }
    }

    // Units without a past get the mean of the others below: it may be any number that the experiment had no part in.
    private static void MakeEarlier(ExpressionSession session, MetricColumns columns, UnitScope? scope, CancellationToken cancellationToken)
    {
        if (columns.Covariate is null || scope is null)
        {
            session.Connection.Execute($"CREATE TEMP TABLE {Earlier} (unit VARCHAR, x DOUBLE)", cancellationToken);
            return;
        }

        var condition = columns.CovariateSource == "scored" ? scope.Known(scope.OfUnits) : scope.OfUnits;
        try
        {
            session.Connection.Execute(
                $"""
                CREATE TEMP TABLE {Earlier} AS
                SELECT unit, ({columns.Covariate}
                )::DOUBLE AS x FROM {columns.CovariateSource} WHERE {condition} AND unit IN (SELECT unit FROM {Units}) GROUP BY unit
                """,
                cancellationToken);
        }
        catch (DuckDbException e) when (e.Kind != DuckDbErrorKind.OutOfMemory)
        {
            throw new FairleadException(ProblemKind.Invalid, $"The covariate of the experiment cannot be computed: {e.Message}", e);
        }
    }

    private static (IReadOnlyList<long> Units, long Crossed) CountUnits(ExpressionSession session, List<ServerGroupName> arms, CancellationToken cancellationToken)
    {
        var units = new long[arms.Count];
        var crossed = 0L;
        using var result = session.Connection.Query($"SELECT arm, count(*) FILTER (NOT crossed), count(*) FILTER (crossed) FROM {Units} GROUP BY arm", cancellationToken);
        while (result.Read(cancellationToken))
        {
            units[IndexOf(arms, (string)result.Value(0)!)] = (long)result.Value(1)!;
            crossed += (long)result.Value(2)!;
        }

        return (units, crossed);
    }

    private static (long All, long WithoutUnit, long Unassigned) CountPredictions(ExpressionSession session, UnitScope scope, CancellationToken cancellationToken)
    {
        using var counts = session.Connection.Query(
            $"SELECT count(*), count(*) FILTER (unit IS NULL OR unit = ''), count(*) FILTER (unit <> '' AND route = 'version') FROM predictions WHERE {scope.All}", cancellationToken);
        counts.Read(cancellationToken);
        return ((long)counts.Value(0)!, (long)counts.Value(1)!, (long)counts.Value(2)!);
    }

    private static UnitMoments[] Moments(ExpressionSession session, string metric, int index, IReadOnlyList<ServerGroupName> arms, CancellationToken cancellationToken)
    {
        var moments = new UnitMoments[arms.Count];
        Array.Fill(moments, new UnitMoments { Units = 0, Numerator = 0, NumeratorVariance = 0 });
        var sql =
            $"""
            SELECT arm, count(*), avg(n), avg(d), var_samp(n), var_samp(d), covar_samp(n, d), avg(x), var_samp(x), covar_samp(n, x), covar_samp(d, x) FROM (
              SELECT u.arm, u.n{index} AS n, u.d{index} AS d, coalesce(e.x, (SELECT avg(x) FROM {Earlier} WHERE isfinite(x)), 0) AS x
              FROM {Units} u LEFT JOIN (SELECT unit, x FROM {Earlier} WHERE isfinite(x)) e ON e.unit = u.unit
              WHERE NOT u.crossed AND isfinite(u.n{index}) AND isfinite(u.d{index}) AND u.d{index} <> 0)
            GROUP BY arm
            """;
        try
        {
            using var result = session.Connection.Query(sql, cancellationToken);
            while (result.Read(cancellationToken))
                moments[IndexOf(arms, (string)result.Value(0)!)] = Describe(result);
        }
        catch (DuckDbException e) when (e.Kind != DuckDbErrorKind.OutOfMemory)
        {
            throw new FairleadException(ProblemKind.Invalid, $"The metric '{metric}' has values that no mean and variance can be taken of: {e.Message}", e);
        }

        return moments;
    }

    private static UnitMoments Describe(SqlRows result)
    {
        return new UnitMoments
        {
            Units = (long)result.Value(1)!,
            Numerator = Number(2),
            Denominator = Number(3),
            NumeratorVariance = Number(4),
            DenominatorVariance = Number(5),
            Covariance = Number(6),
            Covariate = Number(7),
            CovariateVariance = Number(8),
            NumeratorCovariate = Number(9),
            DenominatorCovariate = Number(10),
        };

        // Null for the variance of a single unit.
        double Number(int column) => result.Value(column) is { } value ? Convert.ToDouble(value, CultureInfo.InvariantCulture) : 0;
    }

    private static int IndexOf(IReadOnlyList<ServerGroupName> arms, string name)
    {
        for (var i = 0; i < arms.Count; i++)
        {
            if (arms[i].ToString() == name)
                return i;
        }

        throw new InvalidOperationException($"'{name}' is no arm.");
    }
}
