using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Domain.Notices;

[JsonConverter(typeof(CamelCaseEnumConverter<NoticeStatus>))]
public enum NoticeStatus
{
    /// <summary>There was nobody to tell.</summary>
    Logged,

    /// <summary>To be sent, or to be sent again.</summary>
    Waiting,

    Delivered,

    /// <summary>Told together with others in one message, after they had waited long.</summary>
    Gathered,

    /// <summary>Given up.</summary>
    Dead,
}
