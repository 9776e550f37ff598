using System.Text.Json.Serialization;

namespace Fairlead.Monitoring.Canaries.Metrics;

/// <summary>The form in which looks at hosts are kept: a line for each.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HostLook))]
internal sealed partial class HostSamplesJson : JsonSerializerContext;
