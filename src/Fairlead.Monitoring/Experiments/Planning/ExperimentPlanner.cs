using System.Globalization;
using Fairlead.Domain.Problems;
using Fairlead.Monitoring.Experiments.Measuring;
using Fairlead.Predictions.Analysis;
using Fairlead.Statistics.Experiments;

namespace Fairlead.Monitoring.Experiments.Planning;

/// <summary>Says before the start what an experiment can find, from what the service answered lately.</summary>
internal static class ExperimentPlanner
{
    /// <summary>Where nobody said what effect matters, the most at which the intervals are narrowest: too many would hide for long even what is large.</summary>
    private const double DefaultUnits = 5000;
    private const double LeastUnits = 200;

    /// <summary>A burst of a test is no rate.</summary>
    private static readonly TimeSpan LeastHistory = TimeSpan.FromHours(1);

    /// <exception cref="FairleadException">Invalid: a metric that cannot be computed; Conflict: predictions, but none with a unit.</exception>
    public static ExperimentPlan Plan(ExpressionSession session, ExperimentDesign design, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // As long as the experiment, since what a unit does in two weeks varies otherwise than what it does in one day.
        var scope = new UnitScope(design.Service, design.Environment, now - TimeSpan.FromDays(design.Days), now);
        var (units, moments) = MeasurementReader.ReadHistory(session, design, scope, cancellationToken);
        using var counts = session.Connection.Query($"SELECT count(*), count(*) FILTER (unit IS NULL OR unit = ''), min(\"time\") FROM predictions WHERE {scope.All}", cancellationToken);
        counts.Read(cancellationToken);
        var predictions = (long)counts.Value(0)!;
        if (predictions > 0 && units == 0)
        {
            throw FairleadException.Conflict(
                $"None of the {predictions.ToString("N0", CultureInfo.InvariantCulture)} latest requests to '{design.Service}' in '{design.Environment}' named a unit, so that nobody can be assigned to an arm: let the client send the header 'fairlead-unit' with an id of whom it asks for.");
        }

        var days = predictions == 0 ? 0 : Covered(now, counts.Value(2)).TotalDays;
        var perDay = days == 0 ? 0 : units / days;
        var withoutUnit = predictions == 0 ? 0 : (double)(long)counts.Value(1)! / predictions;
        var metrics = design.Metrics
            .Select((metric, i) => (metric, moments: moments[i]))
            .Where(pair => pair.metric.Role == MetricRole.Primary && pair.moments.Units > 1)
            .Select(pair => Of(pair.metric.Name, ArmEstimate.Of(pair.moments), design, perDay, (double)pair.moments.Units / units))
            .ToList();
        return new ExperimentPlan
        {
            HistoryDays = days,
            HistoryUnits = units,
            UnitsPerDay = perDay,
            WithoutUnit = withoutUnit,
            PlannedUnits = PlannedUnits(metrics, perDay * design.Days),
            Metrics = metrics,
            Warnings = [.. Warnings(design, units, metrics, withoutUnit)],
        };
    }

    private static MetricPlan Of(string name, ArmEstimate history, ExperimentDesign design, double perDay, double covered)
    {
        // The worst comparison decides: that with the smallest treatment.
        var smallest = design.Treatments.Min(arm => arm.Share.Hundredths) / (double)Domain.Deployments.Weight.Whole;
        var power = new PowerAnalysis(history.Variance, design.Control.Share.Hundredths / (double)Domain.Deployments.Weight.Whole, smallest, design.ComparisonAlpha, design.Power);
        var effect = design.MinimumEffect is { } share && history.Mean != 0 && history.Variance > 0 ? share * Math.Abs(history.Mean) : (double?)null;
        // Only units with a value count; those that come without one are needed all the same.
        double? fixedUnits = effect is null ? null : power.FixedUnits(effect.Value) / covered;
        double? sequentialUnits = effect is null ? null : power.SequentialUnits(effect.Value) / covered;
        var coming = perDay * design.Days * covered;
        var canSay = coming > 0 && history.Mean != 0;
        return new MetricPlan
        {
            Metric = name,
            Units = history.Units,
            Mean = history.Mean,
            StandardDeviation = Math.Sqrt(history.Variance),
            FixedUnits = fixedUnits,
            SequentialUnits = sequentialUnits,
            FixedDays = perDay > 0 ? fixedUnits / perDay : null,
            SequentialDays = perDay > 0 ? sequentialUnits / perDay : null,
            FixedEffect = canSay ? power.FixedEffect(coming) / Math.Abs(history.Mean) : null,
            SequentialEffect = canSay ? power.SequentialEffect(coming) / Math.Abs(history.Mean) : null,
        };
    }

    private static double PlannedUnits(List<MetricPlan> metrics, double coming)
    {
        if (metrics.Select(metric => metric.SequentialUnits).Max() is not { } wanted)
            return coming > 0 ? Math.Clamp(Math.Round(coming / PowerAnalysis.Reach), LeastUnits, DefaultUnits) : DefaultUnits;
        return Math.Max(LeastUnits, Math.Round((coming > 0 ? Math.Min(wanted, coming) : wanted) / PowerAnalysis.Reach));
    }

    private static IEnumerable<string> Warnings(ExperimentDesign design, long units, List<MetricPlan> metrics, double withoutUnit)
    {
        if (units == 0)
            yield return $"'{design.Service}' has answered nobody in '{design.Environment}' lately, so that nothing can be said of its power.";
        if (withoutUnit > 0.05)
            yield return $"{withoutUnit:P0} of the requests name no unit and take no part; let the clients send the header 'fairlead-unit'.";
        foreach (var metric in design.Metrics.Where(metric => metric.Role == MetricRole.Primary && units > 0 && metrics.All(plan => plan.Metric != metric.Name)))
            yield return $"The metric '{metric.Name}' has no value in the history, so that nothing can be said of its power.";
        foreach (var metric in metrics.Where(metric => metric.SequentialDays > design.Days))
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{design.Days:0.#} days are too few for '{metric.Metric}': an effect of {design.MinimumEffect:P1} takes {metric.SequentialDays:N1} days; within the {design.Days:0.#} days {metric.SequentialEffect:P1} can be found.");
        }
    }

    private static TimeSpan Covered(DateTimeOffset now, object? first)
    {
        var span = now - new DateTimeOffset((DateTime)first!, TimeSpan.Zero);
        return span < LeastHistory ? LeastHistory : span;
    }
}
