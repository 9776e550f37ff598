using System.Text.Json.Serialization;

namespace Fairlead.Client;

/// <summary>What the client reads from the host, and prints of it.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PredictionAnswer))]
[JsonSerializable(typeof(ModelMetadata))]
internal sealed partial class HostJson : JsonSerializerContext;
