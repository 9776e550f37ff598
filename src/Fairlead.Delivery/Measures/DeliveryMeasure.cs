namespace Fairlead.Delivery.Measures;

/// <summary>How delivery went in one environment, or in all together.</summary>
public sealed record DeliveryMeasure
{
    /// <summary>Null for the whole project.</summary>
    public string? Environment { get; init; }

    /// <summary>That took traffic in the period.</summary>
    public required int Deployments { get; init; }

    public required double PerWeek { get; init; }

    /// <summary>Day by day, or week by week for a longer period; oldest first.</summary>
    public required IReadOnlyList<DeliveryCount> Counts { get; init; }

    public required int Failed { get; init; }

    /// <summary>0 to 1; null without deployments.</summary>
    public double? FailureRate { get; init; }

    /// <summary>From a commit to its being live.</summary>
    public Spread? LeadTime { get; init; }

    /// <summary>From the first traffic of a deployment that failed until what served before had it again.</summary>
    public Spread? TimeToRestore { get; init; }

    /// <summary>That failed and were not restored yet.</summary>
    public int Unrestored { get; init; }

    /// <summary>From asking for a judgment until it was given, or its time was over.</summary>
    public Spread? JudgmentWait { get; init; }

    /// <summary>Judgments that wait now.</summary>
    public int Waiting { get; init; }
}
