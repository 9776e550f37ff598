using System.Text.Json;

namespace Fairlead.Domain.Pipelines;

/// <param name="Kind">Such as <c>git</c> or <c>cron</c>.</param>
/// <param name="Settings">As the project file has them.</param>
public sealed record PipelineTrigger(string Kind, JsonElement Settings);
