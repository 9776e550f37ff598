using System.Text.Json;

namespace Fairlead.Domain.Pipelines.Executions;

/// <summary>What a stage was told from outside.</summary>
/// <param name="Name">Such as <c>judgment</c> or <c>callback</c>.</param>
/// <param name="By">Who.</param>
public sealed record StageSignal(string Name, DateTimeOffset At, string By, JsonElement Data);
