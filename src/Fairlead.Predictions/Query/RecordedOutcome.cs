using System.Text.Json;

namespace Fairlead.Predictions.Query;

/// <summary>The last outcome of a prediction.</summary>
/// <param name="Time">When it became true.</param>
/// <param name="Values">By name; fields that this outcome did not have are left out.</param>
public sealed record RecordedOutcome(DateTimeOffset Time, IReadOnlyDictionary<string, JsonElement> Values);
