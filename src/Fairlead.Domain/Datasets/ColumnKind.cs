using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Domain.Datasets;

/// <summary>How the values of a column are described.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ColumnKind>))]
public enum ColumnKind
{
    /// <summary>Lists, maps, bytes: only what is missing is counted.</summary>
    Other,
    Number,
    Time,
    Text,
    Boolean,
}
