using System.Text.Json;

namespace Fairlead.Pipelines.Planning;

/// <summary>What a dry run says of a stage.</summary>
/// <param name="Settings">With the inputs filled in; what earlier stages will give stands there as written.</param>
public sealed record PlannedStage(string Name, string Kind, IReadOnlyList<string> After, string? When, string? Check, JsonElement Settings);
