using System.Globalization;
using Fairlead.Domain.Runs;

namespace Fairlead.Steps.Execution;

/// <summary>What was said of one metric, in the order in which it was said.</summary>
internal sealed class MetricSeries(string name)
{
    /// <summary>Points that a curve keeps: more than a screen shows.</summary>
    public const int MostPoints = 1000;
    private readonly List<(double Step, double Value)> points = [];
    private double last;
    private double? named;
    private int notFinite;
    private int seenIn = -1;

    /// <summary>The last value, or the one that was given without a position; null when that is not finite.</summary>
    public double? Value => double.IsFinite(named ?? last) ? named ?? last : null;

    public bool IsTwiceInOne { get; private set; }

    /// <param name="record">Number of the JSON object that says so.</param>
    /// <param name="step">Position; null for none.</param>
    public void Add(int record, double? step, double value)
    {
        IsTwiceInOne |= record == seenIn;
        seenIn = record;
        if (!double.IsFinite(value))
            notFinite++;
        if (step is not { } at)
        {
            named = value;
            return;
        }

        last = value;
        if (double.IsFinite(value))
            points.Add((at, value));
    }

    public IEnumerable<string> Remarks(string file)
    {
        if (Value is null)
            yield return $"The metric '{name}' ended as {(named ?? last).ToString(CultureInfo.InvariantCulture)} in '{file}', so that it has no value.";
        if (notFinite > (Value is null ? 1 : 0))
            yield return $"The metric '{name}' was not a finite number {notFinite} {(notFinite == 1 ? "time" : "times")} in '{file}'; its curve leaves that out.";
        if (IsTwiceInOne)
            yield return $"The metric '{name}' stands twice in one object of '{file}'; the last one counts.";
    }

    /// <summary>Null when there are not two positions.</summary>
    public MetricCurve? ToCurve()
    {
        var sorted = Sorted();
        if (sorted.Count < 2)
            return null;
        var kept = Thin(sorted);
        return new MetricCurve { Name = name, Measured = sorted.Count, Steps = [.. kept.Select(point => point.Step)], Values = [.. kept.Select(point => point.Value)] };
    }

    /// <summary>By position; of several values at one position the last, as when a training that was resumed repeats some.</summary>
    private List<(double Step, double Value)> Sorted()
    {
        var isSorted = true;
        for (var i = 1; i < points.Count && isSorted; i++)
            isSorted = points[i].Step > points[i - 1].Step;
        if (isSorted)
            return points;
        var byStep = new Dictionary<double, double>(points.Count);
        foreach (var (step, value) in points)
            byStep[step] = value;
        return [.. byStep.Select(pair => (pair.Key, pair.Value)).OrderBy(point => point.Key)];
    }

    /// <summary>The ends, and of each stretch between them the largest and the smallest, so that no spike is lost.</summary>
    private static List<(double Step, double Value)> Thin(List<(double Step, double Value)> sorted)
    {
        if (sorted.Count <= MostPoints)
            return sorted;
        const int Stretches = (MostPoints / 2) - 1;
        var inner = sorted.Count - 2;
        var kept = new List<(double Step, double Value)>(MostPoints) { sorted[0] };
        for (var i = 0; i < Stretches; i++)
        {
            var (from, to) = (1 + (int)((long)inner * i / Stretches), 1 + (int)((long)inner * (i + 1) / Stretches));
            var (low, high) = (from, from);
            for (var at = from + 1; at < to; at++)
            {
                low = sorted[at].Value < sorted[low].Value ? at : low;
                high = sorted[at].Value > sorted[high].Value ? at : high;
            }

            kept.Add(sorted[Math.Min(low, high)]);
            if (low != high)
                kept.Add(sorted[Math.Max(low, high)]);
        }

        kept.Add(sorted[^1]);
        return kept;
    }
}
