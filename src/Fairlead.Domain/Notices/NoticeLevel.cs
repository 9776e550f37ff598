using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Domain.Notices;

/// <summary>How a message is meant, which channels show by a colour.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<NoticeLevel>))]
public enum NoticeLevel
{
    Info,

    Good,

    Warn,

    Bad,
}
