using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fairlead.Domain.Serialization;

/// <summary>Writes an enum by its name in camelCase, and reads no numbers.</summary>
public sealed class CamelCaseEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
