using System.Text.Json;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Releases;

namespace Fairlead.Predictions.Query;

/// <summary>One scored row, as it was recorded.</summary>
public sealed record Prediction
{
    public required PredictionId Id { get; init; }

    /// <summary>Id of the request's first row.</summary>
    public required PredictionId Request { get; init; }

    public required int Row { get; init; }

    public required DateTimeOffset Time { get; init; }

    public required string Environment { get; init; }

    public required string Service { get; init; }

    public required ServerGroupName ServerGroup { get; init; }

    public required ReleaseName Release { get; init; }

    /// <summary>Null for a command service; for a chain the model versions that it scores with.</summary>
    public string? Model { get; init; }

    /// <summary>Null unless it is one model.</summary>
    public int? ModelVersion { get; init; }

    public required Digest ModelDigest { get; init; }

    public required PredictionRole Role { get; init; }

    public string? Unit { get; init; }

    public string? RequestId { get; init; }

    /// <summary>HTTP status of the answer.</summary>
    public required int Status { get; init; }

    public string? Error { get; init; }

    public required int LatencyMicroseconds { get; init; }

    public required Digest Configuration { get; init; }

    /// <summary>W3C trace id, 32 hexadecimal digits.</summary>
    public string? TraceId { get; init; }

    /// <summary>By name; null when the request failed before its inputs were read.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Inputs { get; init; }

    /// <summary>By name; null when the request failed.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Outputs { get; init; }
}
