namespace Fairlead.Predictions.Tracing;

/// <summary>What a server group answered, as far as it is recorded.</summary>
internal sealed record GroupPredictions(long Count, DateTimeOffset First, DateTimeOffset Last);
