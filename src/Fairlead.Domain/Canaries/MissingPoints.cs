using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Domain.Canaries;

/// <summary>What a missing point of a metric means.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<MissingPoints>))]
public enum MissingPoints
{
    /// <summary>Nothing: it is left out.</summary>
    Remove,

    /// <summary>Zero.</summary>
    Replace,
}
