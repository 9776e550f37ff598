using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Monitoring.Alerts;

/// <summary>What people are told of.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<AlertChange>))]
public enum AlertChange
{
    Firing,

    Resolved,
}
