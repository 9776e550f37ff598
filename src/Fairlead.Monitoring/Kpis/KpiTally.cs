using System.Runtime.InteropServices;
using Fairlead.Domain.Projects;
using Fairlead.Statistics.Intervals;

namespace Fairlead.Monitoring.Kpis;

/// <summary>What the groups of units add up to.</summary>
internal sealed class KpiTally
{
    private const double Confidence = 0.95;
    private readonly List<double> numerators = [];
    private readonly List<double> denominators = [];
    private readonly List<double> without = [];
    private double? whole;
    private long rows;

    public void AddGroup(double numerator, double denominator, long count)
    {
        rows += count;
        if (numerator == 0 && denominator == 0)
            return;
        numerators.Add(numerator);
        denominators.Add(denominator);
    }

    public void SetWhole(double? value, long count)
    {
        whole = value;
        rows = count;
    }

    public void AddWithout(double value) => without.Add(value);

    public KpiValue ToValue(KpiTallyKey key, KpiExpression expression)
    {
        var estimate = Estimate();
        return new KpiValue
        {
            Environment = key.Environment,
            Service = key.Service,
            ServerGroup = key.Part == 0 ? key.Name : null,
            By = key.Part > 0 ? expression.Definition.By[key.Part - 1] : null,
            Segment = key.Part > 0 ? key.Name : null,
            Value = estimate?.Value,
            Low = estimate?.Low,
            High = estimate?.High,
            Rows = rows,
            Verdict = Judge(expression.Definition, estimate),
        };
    }

    private EstimatedValue? Estimate()
    {
        if (numerators.Count > 0)
            return RandomGroups.Ratio(CollectionsMarshal.AsSpan(numerators), CollectionsMarshal.AsSpan(denominators), Confidence);
        if (whole is not { } value || !double.IsFinite(value))
            return null;
        return without.TrueForAll(double.IsFinite) ? RandomGroups.Jackknife(value, CollectionsMarshal.AsSpan(without), Confidence) : new EstimatedValue(value, null, null);
    }

    private KpiVerdict Judge(KpiDefinition definition, EstimatedValue? estimate)
    {
        if (definition.Goal is not { } goal || estimate is not { } known || rows < definition.MinRows)
            return KpiVerdict.Unknown;
        if (goal.Holds(known.Value))
            return KpiVerdict.Met;
        // Without an interval every group agrees.
        return goal.Holds(known.Low ?? known.Value) || goal.Holds(known.High ?? known.Value) ? KpiVerdict.Unsure : KpiVerdict.Missed;
    }
}
