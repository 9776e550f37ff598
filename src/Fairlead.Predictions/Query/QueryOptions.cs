namespace Fairlead.Predictions.Query;

/// <summary>Bounds of one query.</summary>
public sealed record QueryOptions
{
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(60);

    /// <summary>Rows at most; null for all.</summary>
    public int? Limit { get; init; }

    /// <summary>From the call to the last row.</summary>
    public TimeSpan Timeout { get; init; } = DefaultTimeout;
}
