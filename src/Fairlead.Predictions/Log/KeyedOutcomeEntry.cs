namespace Fairlead.Predictions.Log;

/// <summary>What turned out to be true for a unit, on its way into the log. The spans are copied before the call returns.</summary>
public ref struct KeyedOutcomeEntry
{
    /// <summary>UTF-8.</summary>
    public required ReadOnlySpan<byte> Service { get; init; }

    /// <summary>UTF-8; empty for every environment.</summary>
    public ReadOnlySpan<byte> Environment { get; init; }

    /// <summary>UTF-8, as the predictions recorded it.</summary>
    public required ReadOnlySpan<byte> Unit { get; init; }

    /// <summary>When it became true, microseconds since 1970-01-01 UTC.</summary>
    public required long TimeMicroseconds { get; init; }

    /// <summary>When it was posted, microseconds since 1970-01-01 UTC.</summary>
    public required long PostedMicroseconds { get; init; }

    /// <summary>How long before it the predictions lie that it is about.</summary>
    public required long WindowMicroseconds { get; init; }

    /// <summary>It is about every prediction of the window, not only the last one.</summary>
    public bool IsAboutEvery { get; init; }

    /// <summary>A UTF-8 JSON object.</summary>
    public required ReadOnlySpan<byte> Json { get; init; }
}
