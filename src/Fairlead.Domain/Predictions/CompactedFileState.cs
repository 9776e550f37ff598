using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Domain.Predictions;

/// <summary>Where a Parquet file is on its way.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<CompactedFileState>))]
public enum CompactedFileState
{
    /// <summary>Its rows count.</summary>
    Listed,

    /// <summary>Its rows count, but it lies under a name that plain readers of the folder pass over, until the files that it replaces are gone.</summary>
    Hidden,

    /// <summary>Its rows do not count: others hold them, or they were removed. It waits to be deleted.</summary>
    Retired,

    /// <summary>Its rows are missing: it was set aside because it is damaged.</summary>
    Quarantined,
}
