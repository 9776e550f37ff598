using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Monitoring.Experiments;

/// <summary>What a metric is there for.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<MetricRole>))]
public enum MetricRole
{
    /// <summary>Decides; the level is shared by all primary metrics and treatments.</summary>
    Primary,

    /// <summary>Explains; its level is not shared, and it decides nothing.</summary>
    Secondary,

    /// <summary>Must not become worse than its limit, and is tested for that.</summary>
    Guardrail,
}
