using System.Text.Json;

namespace Fairlead.Domain.Pipelines.Executions;

/// <summary>An activity that was begun and has not ended, as far as was recorded.</summary>
/// <param name="Name">Within the stage.</param>
/// <param name="Kind">What carries it out.</param>
/// <param name="Key">The same for every try of the same activity: <c>execution/stage/attempt/activity</c>.</param>
/// <param name="Input">What it is given.</param>
public sealed record ActivityState(string Name, string Kind, string Key, JsonElement Input, DateTimeOffset StartedAt);
