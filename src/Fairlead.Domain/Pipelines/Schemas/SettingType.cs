using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Domain.Pipelines.Schemas;

[JsonConverter(typeof(CamelCaseEnumConverter<SettingType>))]
public enum SettingType
{
    Text,

    Integer,

    Number,

    Boolean,

    /// <summary>A whole number with s, m, h or d.</summary>
    Duration,

    /// <summary>A list of texts; one text stands for a list of it.</summary>
    Texts,

    /// <summary>Texts, numbers and booleans by name.</summary>
    Map,

    /// <summary>Any JSON.</summary>
    Any,
}
