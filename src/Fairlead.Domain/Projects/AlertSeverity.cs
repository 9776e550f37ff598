using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Domain.Projects;

[JsonConverter(typeof(CamelCaseEnumConverter<AlertSeverity>))]
public enum AlertSeverity
{
    /// <summary>To be looked at in working hours.</summary>
    Warn,

    /// <summary>To be looked at now.</summary>
    Page,
}
