using System.Text.Json;

namespace Fairlead.Domain.Projects;

/// <summary>One axis of a matrix step: a parameter that takes each of these values.</summary>
/// <param name="Values">Scalars, in file order, no two with the same <see cref="TextOf"/>.</param>
public sealed record MatrixAxis(string Name, IReadOnlyList<JsonElement> Values)
{
    /// <summary>The value as it stands in the name of a variant.</summary>
    public static string TextOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
