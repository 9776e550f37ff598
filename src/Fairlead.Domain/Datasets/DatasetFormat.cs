using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Domain.Datasets;

/// <summary>What the files of a dataset are, by their content.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<DatasetFormat>))]
public enum DatasetFormat
{
    /// <summary>Files that hold no rows that can be read.</summary>
    Files,
    Parquet,

    /// <summary>Text with a delimiter, which is found out.</summary>
    Csv,

    /// <summary>Lines of JSON, or arrays of objects.</summary>
    Json,
}
