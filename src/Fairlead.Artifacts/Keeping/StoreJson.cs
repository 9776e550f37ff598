using System.Text.Json.Serialization;

namespace Fairlead.Artifacts.Keeping;

/// <summary>The form in which reports about the store are sent.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SweepReport))]
[JsonSerializable(typeof(UsageReport))]
[JsonSerializable(typeof(StoreDamage))]
public sealed partial class StoreJson : JsonSerializerContext;
