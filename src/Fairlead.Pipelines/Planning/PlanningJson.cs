using System.Text.Json.Serialization;

namespace Fairlead.Pipelines.Planning;

/// <summary>What dry runs and lists of pipelines are sent as.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyList<PlannedStage>))]
[JsonSerializable(typeof(IReadOnlyList<PipelineOverview>))]
public sealed partial class PlanningJson : JsonSerializerContext;
