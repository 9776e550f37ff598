using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Monitoring.Alerts;

[JsonConverter(typeof(CamelCaseEnumConverter<AlertPhase>))]
public enum AlertPhase
{
    Ok,

    /// <summary>The condition holds, not yet for long enough.</summary>
    Pending,

    Firing,
}
