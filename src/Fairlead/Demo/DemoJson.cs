using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fairlead.Demo;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DemoScript))]
[JsonSerializable(typeof(Dictionary<string, JsonElement>))]
internal sealed partial class DemoJson : JsonSerializerContext;
