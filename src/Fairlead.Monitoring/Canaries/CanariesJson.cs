using System.Text.Json.Serialization;

namespace Fairlead.Monitoring.Canaries;

/// <summary>The one form in which canaries are stored and sent. Points that are missing are <c>"NaN"</c>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(CanaryReport))]
[JsonSerializable(typeof(IReadOnlyList<CanaryReport>))]
[JsonSerializable(typeof(CanarySeriesSet))]
[JsonSerializable(typeof(CanaryCheck))]
public sealed partial class CanariesJson : JsonSerializerContext;
