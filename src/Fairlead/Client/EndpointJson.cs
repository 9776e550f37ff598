using System.Text.Json.Serialization;

namespace Fairlead.Client;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Endpoint))]
[JsonSerializable(typeof(SortedDictionary<string, string>))]
internal sealed partial class EndpointJson : JsonSerializerContext;
