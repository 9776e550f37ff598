using Fairlead.Domain.Predictions;

namespace Fairlead.Inference;

/// <summary>What an answer says besides its tensors. The texts are UTF-8; the writers escape them.</summary>
public readonly ref struct AnswerHead
{
    /// <summary>Answered as <c>model_name</c>.</summary>
    public required ReadOnlySpan<byte> Model { get; init; }

    /// <summary>Answered as <c>model_version</c>.</summary>
    public required ReadOnlySpan<byte> Version { get; init; }

    /// <summary>Answered as the parameter <c>server_group</c>.</summary>
    public required ReadOnlySpan<byte> ServerGroup { get; init; }

    /// <summary>Id of the request's first row, answered as the parameter <c>prediction_id</c>; null for a batch without rows, which holds no prediction.</summary>
    public PredictionId? Prediction { get; init; }
}
