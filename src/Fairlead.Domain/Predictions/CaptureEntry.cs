namespace Fairlead.Domain.Predictions;

/// <summary>One answered request on its way into the capture log. The spans are copied before the call returns.</summary>
public ref struct CaptureEntry
{
    /// <summary>Id of the request's first row.</summary>
    public required PredictionId Id { get; init; }

    /// <summary>When the request arrived, microseconds since 1970-01-01 UTC.</summary>
    public required long TimeMicroseconds { get; init; }

    /// <summary>From the request's arrival to the answer's hand-over to the socket.</summary>
    public required int LatencyMicroseconds { get; init; }

    /// <summary>HTTP status of the answer.</summary>
    public required int Status { get; init; }

    public PredictionRole Role { get; init; }

    /// <summary>How the server group came to be asked.</summary>
    public RouteKind Route { get; init; }

    /// <summary>What was there and is left out of the record.</summary>
    public OmittedParts Omitted { get; init; }

    /// <summary>For a shadow the id of the live prediction whose request it got a copy of; else left out.</summary>
    public PredictionId ShadowOf { get; init; }

    /// <summary>Rows scored; an error has one row without inputs, or as many as its inputs hold.</summary>
    public required int Rows { get; init; }

    /// <summary>UTF-8, may be empty: for whom the prediction was made.</summary>
    public ReadOnlySpan<byte> Unit { get; init; }

    /// <summary>UTF-8, may be empty: the client's own id of the request.</summary>
    public ReadOnlySpan<byte> RequestId { get; init; }

    /// <summary>16 bytes of the W3C trace id, or empty.</summary>
    public ReadOnlySpan<byte> TraceId { get; init; }

    /// <summary>UTF-8, empty when there was no error.</summary>
    public ReadOnlySpan<byte> Error { get; init; }

    /// <summary>Tensors of the request as a block (<see cref="TensorBlock"/>), in the signature's order; empty for an error before scoring.</summary>
    public ReadOnlySpan<byte> Inputs { get; init; }

    /// <summary>Tensors of the answer as a block, in the signature's order; empty for an error.</summary>
    public ReadOnlySpan<byte> Outputs { get; init; }
}
