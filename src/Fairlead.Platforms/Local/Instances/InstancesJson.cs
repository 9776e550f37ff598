using System.Text.Json.Serialization;

namespace Fairlead.Platforms.Local.Instances;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(InstanceRecord))]
internal sealed partial class InstancesJson : JsonSerializerContext;
