using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Domain.Datasets;

/// <summary>What became of a column between two versions.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ColumnChange>))]
public enum ColumnChange
{
    /// <summary>It is there in both, with the same type.</summary>
    None,
    Added,
    Removed,

    /// <summary>It has another type.</summary>
    Retyped,
}
