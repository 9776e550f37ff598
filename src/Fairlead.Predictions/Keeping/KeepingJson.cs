using System.Text.Json.Serialization;

namespace Fairlead.Predictions.Keeping;

/// <summary>The form in which erasures are stored, and in which this room's reports are sent.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Erasure))]
[JsonSerializable(typeof(IReadOnlyList<Erasure>))]
[JsonSerializable(typeof(PredictionSizes))]
[JsonSerializable(typeof(PredictionCheckReport))]
[JsonSerializable(typeof(DamagedFile))]
public sealed partial class KeepingJson : JsonSerializerContext;
