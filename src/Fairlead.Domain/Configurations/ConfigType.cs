using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Domain.Configurations;

/// <summary>What a setting of a service holds.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ConfigType>))]
public enum ConfigType
{
    /// <summary>A number that a double holds.</summary>
    Number,

    /// <summary>A whole number of 64 bits.</summary>
    Integer,

    String,

    Boolean,

    /// <summary>Whatever a list in JSON holds.</summary>
    List,

    /// <summary>Values by name; an environment's are merged into it.</summary>
    Map,
}
