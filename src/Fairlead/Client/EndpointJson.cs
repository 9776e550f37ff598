using System.Text.Json.Serialization;

namespace Fairlead.Client;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Endpoint))]
internal sealed partial class EndpointJson : JsonSerializerContext;
