using System.Text.Json.Serialization;

namespace Fairlead.Platforms.Local.Secrets;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true)]
[JsonSerializable(typeof(SecretDocument))]
internal sealed partial class SecretsJson : JsonSerializerContext;
