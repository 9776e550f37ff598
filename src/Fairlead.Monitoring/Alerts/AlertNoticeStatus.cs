using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Monitoring.Alerts;

[JsonConverter(typeof(CamelCaseEnumConverter<AlertNoticeStatus>))]
public enum AlertNoticeStatus
{
    /// <summary>There was no webhook.</summary>
    Logged,

    /// <summary>To be sent, or to be sent again.</summary>
    Waiting,

    Delivered,

    /// <summary>Given up.</summary>
    Failed,
}
