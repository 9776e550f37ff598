using System.Text.Json;

namespace Fairlead.Replay.Reporting;

/// <summary>A prediction whose answers differ.</summary>
/// <param name="Difference">The largest difference of a number without its sign; 0 when only other values differ.</param>
/// <param name="Inputs">As they were recorded; null when they are no longer there.</param>
public sealed record WorstRow(string Prediction, double Difference, JsonElement? Inputs, JsonElement? Recorded, JsonElement? Replayed);
