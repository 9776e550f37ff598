namespace Fairlead.Demo;

/// <summary>What came back for one request.</summary>
/// <param name="Prediction">Id of the prediction, null when the request failed.</param>
/// <param name="Error">Why it failed, else null.</param>
internal readonly record struct SentRequest(string? Prediction, string? ServerGroup, TimeSpan Latency, string? Error);
