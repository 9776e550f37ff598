using System.Text.Json.Serialization;

namespace Fairlead.Monitoring.Kpis;

/// <summary>The one form in which KPIs are stored and sent.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(KpiPoint))]
[JsonSerializable(typeof(KpiSeries))]
[JsonSerializable(typeof(IReadOnlyList<KpiSeries>))]
public sealed partial class KpiJson : JsonSerializerContext;
