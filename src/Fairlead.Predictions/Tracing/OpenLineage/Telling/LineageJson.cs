using System.Text.Json.Serialization;

namespace Fairlead.Predictions.Tracing.OpenLineage.Telling;

/// <summary>The form in which events wait in the catalog.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(LineageNotice))]
internal sealed partial class LineageJson : JsonSerializerContext;
