using System.Text.Json.Serialization;

namespace Fairlead.Platforms.Local;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(HostRecord))]
internal sealed partial class PlatformsJson : JsonSerializerContext;
