using System.Text.Json.Serialization;

namespace Fairlead.Statistics.Canary;

/// <summary>What became of a metric.</summary>
[JsonConverter(typeof(CanaryWords<CanaryClassification>))]
public enum CanaryClassification
{
    /// <summary>No change in a direction that is bad.</summary>
    Pass,

    /// <summary>Higher in the experiment.</summary>
    High,

    /// <summary>Lower in the experiment.</summary>
    Low,

    /// <summary>Too few points to find any change.</summary>
    Nodata,

    /// <summary>The same, of a metric that must have data.</summary>
    NodataFail,

    /// <summary>It could not be judged.</summary>
    Error,
}
