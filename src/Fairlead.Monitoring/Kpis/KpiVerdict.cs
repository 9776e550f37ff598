using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Monitoring.Kpis;

/// <summary>How a value stands to its goal.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<KpiVerdict>))]
public enum KpiVerdict
{
    /// <summary>There is no goal, no value, or too few rows.</summary>
    Unknown,

    Met,

    /// <summary>Missed, but the goal lies within the interval: it may be chance.</summary>
    Unsure,

    /// <summary>Missed, and the whole interval lies on the wrong side.</summary>
    Missed,
}
