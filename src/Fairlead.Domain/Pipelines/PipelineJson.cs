using System.Text.Json;
using System.Text.Json.Serialization;
using Fairlead.Domain.Pipelines.Activities;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Domain.Pipelines.Judgments;
using Fairlead.Domain.Pipelines.Schemas;
using Fairlead.Domain.Pipelines.Triggers;

namespace Fairlead.Domain.Pipelines;

/// <summary>The one form in which pipelines and executions are stored and sent.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ExecutionPlan))]
[JsonSerializable(typeof(ExecutionState))]
[JsonSerializable(typeof(ExecutionEvent))]
[JsonSerializable(typeof(ExecutionSummary))]
[JsonSerializable(typeof(IReadOnlyList<ExecutionSummary>))]
[JsonSerializable(typeof(Execution))]
[JsonSerializable(typeof(IReadOnlyList<RecordedEvent>))]
[JsonSerializable(typeof(IReadOnlyList<EvidenceSection>))]
[JsonSerializable(typeof(JudgmentQuestion))]
[JsonSerializable(typeof(IReadOnlyList<JudgmentQuestion>))]
[JsonSerializable(typeof(IReadOnlyList<StageSchema>))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, JsonElement>))]
[JsonSerializable(typeof(FiringOrder))]
[JsonSerializable(typeof(IReadOnlyList<Firing>))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(int))]
public sealed partial class PipelineJson : JsonSerializerContext;
