using System.Text.Json.Serialization;

namespace Fairlead.Bench.Workspaces;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(HostCounters))]
internal sealed partial class WorkspaceJson : JsonSerializerContext;
