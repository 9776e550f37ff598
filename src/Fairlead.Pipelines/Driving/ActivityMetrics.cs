using System.Diagnostics.Metrics;

namespace Fairlead.Pipelines.Driving;

/// <summary>What is measured of activities.</summary>
internal static class ActivityMetrics
{
    private static readonly Meter Meter = new("Fairlead.Pipelines");

    public static readonly UpDownCounter<long> Active = Meter.CreateUpDownCounter<long>("fairlead.activities.active", "{activity}", "Activities under way.");

    public static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("fairlead.activity.duration", "s", "Activities that ended, by what came of them.");

    public static KeyValuePair<string, object?> Kind(string kind) => new("kind", kind);

    public static KeyValuePair<string, object?> Result(string result) => new("result", result);
}
