using System.Text.Json.Serialization;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Runs;
using Fairlead.Domain.Serialization;
using Fairlead.Predictions.Query;

namespace Fairlead.Predictions.Tracing;

/// <summary>The form in which traces are sent: as all of the domain's records.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters =
    [
        typeof(CamelCaseEnumConverter<ArtifactKind>),
        typeof(CamelCaseEnumConverter<PredictionRole>),
        typeof(CamelCaseEnumConverter<RunStatus>),
        typeof(CamelCaseEnumConverter<LineageKind>),
    ])]
[JsonSerializable(typeof(PredictionTrace))]
[JsonSerializable(typeof(Prediction))]
[JsonSerializable(typeof(RecordedOutcome))]
[JsonSerializable(typeof(Lineage))]
public sealed partial class TracingJson : JsonSerializerContext;
