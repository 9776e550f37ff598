using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fairlead.Roles.Evidence;

/// <summary>What sections of evidence are made of.</summary>
internal static class EvidenceData
{
    public static JsonElement Table(IEnumerable<JsonObject> rows) => JsonSerializer.SerializeToElement(new JsonArray([.. rows]));

    public static JsonElement None { get; } = JsonSerializer.SerializeToElement(new JsonArray());

    /// <summary>Null for what is no number that JSON can hold.</summary>
    public static JsonNode? Number(double? value) => value is { } number && double.IsFinite(number) ? JsonValue.Create(number) : null;
}
