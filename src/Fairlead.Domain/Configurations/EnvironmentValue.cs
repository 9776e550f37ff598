using System.Text.Json;

namespace Fairlead.Domain.Configurations;

/// <summary>One effective value of an environment.</summary>
/// <param name="Key">As a path, such as <c>strategy</c>, <c>health.errors</c> or <c>config.threshold</c>.</param>
/// <param name="From">The environment that says it: the same one, or one that it extends.</param>
public sealed record EnvironmentValue(string Key, JsonElement Value, string From);
