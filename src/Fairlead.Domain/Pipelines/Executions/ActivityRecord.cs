using System.Text.Json;

namespace Fairlead.Domain.Pipelines.Executions;

/// <summary>An activity that ended well.</summary>
/// <param name="Output">What came of it; null for nothing.</param>
public sealed record ActivityRecord(string Name, DateTimeOffset FinishedAt, JsonElement? Output);
