using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;
using Fairlead.Monitoring.Drift.Reports;

namespace Fairlead.Monitoring.Drift;

/// <summary>The one form in which reports of drift are stored and sent.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(CamelCaseEnumConverter<DriftSeverity>), typeof(CamelCaseEnumConverter<FieldSource>), typeof(CamelCaseEnumConverter<AgainstKind>)])]
[JsonSerializable(typeof(DriftReport))]
[JsonSerializable(typeof(IReadOnlyList<DriftReport>))]
public sealed partial class DriftJson : JsonSerializerContext;
