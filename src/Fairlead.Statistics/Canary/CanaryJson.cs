using System.Text.Json.Serialization;

namespace Fairlead.Statistics.Canary;

/// <summary>Configurations and verdicts of canaries as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(CanaryConfig))]
[JsonSerializable(typeof(CanaryVerdict))]
[JsonSerializable(typeof(CanaryPlan))]
[JsonSerializable(typeof(CanaryDecision))]
public sealed partial class CanaryJson : JsonSerializerContext;
