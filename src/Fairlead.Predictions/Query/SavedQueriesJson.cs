using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fairlead.Predictions.Query;

/// <summary>The form in which saved queries are kept and sent.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SavedQuery))]
[JsonSerializable(typeof(IReadOnlyList<SavedQuery>))]
public sealed partial class SavedQueriesJson : JsonSerializerContext;
