namespace Fairlead.Predictions.Query;

/// <summary>Bounds and parameters of one query.</summary>
public sealed record QueryOptions
{
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(60);

    /// <summary>Rows at most; null for all.</summary>
    public int? Limit { get; init; }

    /// <summary>From the call to the last row; waiting for other queries counts.</summary>
    public TimeSpan Timeout { get; init; } = DefaultTimeout;

    /// <summary>True: every file is held against its digest first, and damaged ones are left out; what is missing is counted in the answer.</summary>
    public bool SkipDamaged { get; init; }

    /// <summary>Values of <c>$name</c>, by name without <c>$</c>: null, bool, long, double or string.</summary>
    public IReadOnlyDictionary<string, object?> Parameters { get; init; } = new Dictionary<string, object?>();

    /// <summary>The only tables that the statement may read, such as those of which a condition was asked; it names each column that it reads. Null for all.</summary>
    public IReadOnlyCollection<string>? Readable { get; init; }
}
