using System.Text.Json.Serialization;

namespace Fairlead.Commands;

/// <summary>What commands print that is no answer of the API.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RunLog))]
internal sealed partial class CommandJson : JsonSerializerContext;
