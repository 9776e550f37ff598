using System.Text.Json.Serialization;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Runs;
using Fairlead.Domain.Serialization;
using Fairlead.Steps.Comparison;
using Fairlead.Steps.Events;
using Fairlead.Steps.Forecasting;
using Fairlead.Steps.Graph;
using Fairlead.Steps.Shells;

namespace Fairlead.Steps;

/// <summary>The one form in which events, reports and comparisons are sent: camelCase, enums by camelCase name, nulls left out, source generated.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters =
    [
        typeof(CamelCaseEnumConverter<ArtifactKind>),
        typeof(CamelCaseEnumConverter<RunStatus>),
        typeof(CamelCaseEnumConverter<StepFate>),
        typeof(CamelCaseEnumConverter<StepOutcome>),
    ])]
[JsonSerializable(typeof(StepEvent))]
[JsonSerializable(typeof(RunOrder))]
[JsonSerializable(typeof(ShellOrder))]
[JsonSerializable(typeof(PreparedShell))]
[JsonSerializable(typeof(RunReport))]
[JsonSerializable(typeof(ForecastReport))]
[JsonSerializable(typeof(StepGraphView))]
[JsonSerializable(typeof(RunComparison))]
[JsonSerializable(typeof(RunExplanation))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(string[]))]
public sealed partial class StepsJson : JsonSerializerContext;
