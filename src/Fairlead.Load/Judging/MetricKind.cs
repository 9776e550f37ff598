namespace Fairlead.Load.Judging;

/// <summary>What a metric's numbers are, and therefore which units go with it.</summary>
internal enum MetricKind
{
    /// <summary>ns, us, ms or s.</summary>
    Duration,

    /// <summary>A number from 0 to 1, or with %.</summary>
    Share,

    /// <summary>Per second; <c>/s</c> may be written.</summary>
    Rate,

    /// <summary>No unit.</summary>
    Count,
}
