using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fairlead.Statistics.Canary;

/// <summary>Words of the canary's files: the names of the enum in camel case, no numbers.</summary>
public sealed class CanaryWords<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
