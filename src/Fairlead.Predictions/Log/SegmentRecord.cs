using Fairlead.Domain.Predictions;

namespace Fairlead.Predictions.Log;

/// <summary>One record, read in place: its spans are valid until the reader's next call.</summary>
public readonly ref struct SegmentRecord
{
    public SegmentRecordKind Kind { get; internal init; }

    /// <summary>Null for an outcome. One instance for all records of a segment that share it.</summary>
    public CaptureContext? Context { get; internal init; }

    /// <summary>Of the request's first row; of the predicted row for an outcome.</summary>
    public PredictionId Id { get; internal init; }

    /// <summary>Of the request's first row as the live server group answered it: the same as <see cref="Id"/> unless this is a shadow's answer.</summary>
    public PredictionId Request { get; internal init; }

    /// <summary>Microseconds since 1970-01-01 UTC.</summary>
    public long TimeMicroseconds { get; internal init; }

    public int LatencyMicroseconds { get; internal init; }

    /// <summary>HTTP status of the answer.</summary>
    public int Status { get; internal init; }

    public PredictionRole Role { get; internal init; }

    public RouteKind Route { get; internal init; }

    public OmittedParts Omitted { get; internal init; }

    public int Rows { get; internal init; }

    public ReadOnlySpan<byte> Unit { get; internal init; }

    public ReadOnlySpan<byte> RequestId { get; internal init; }

    /// <summary>16 bytes, or empty.</summary>
    public ReadOnlySpan<byte> TraceId { get; internal init; }

    public ReadOnlySpan<byte> Error { get; internal init; }

    /// <summary>A <see cref="TensorBlock"/>, or empty.</summary>
    public ReadOnlySpan<byte> Inputs { get; internal init; }

    /// <summary>A <see cref="TensorBlock"/>, or empty.</summary>
    public ReadOnlySpan<byte> Outputs { get; internal init; }

    /// <summary>Of an outcome: a UTF-8 JSON object.</summary>
    public ReadOnlySpan<byte> Json { get; internal init; }

    /// <summary>Of an outcome: when it was posted, microseconds since 1970-01-01 UTC; 0 when the log does not say. Its <see cref="TimeMicroseconds"/> is when it became true.</summary>
    public long PostedMicroseconds { get; internal init; }

    /// <summary>Of an outcome by key.</summary>
    public ReadOnlySpan<byte> Service { get; internal init; }

    /// <summary>Of an outcome by key; empty for every environment.</summary>
    public ReadOnlySpan<byte> Environment { get; internal init; }

    /// <summary>Of an outcome by key: how long before it the predictions lie that it is about.</summary>
    public long WindowMicroseconds { get; internal init; }

    /// <summary>Of an outcome by key: it is about every prediction of the window, not only the last one.</summary>
    public bool IsAboutEvery { get; internal init; }
}
