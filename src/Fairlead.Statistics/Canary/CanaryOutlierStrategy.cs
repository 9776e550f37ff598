using System.Text.Json.Serialization;

namespace Fairlead.Statistics.Canary;

/// <summary>What is done with values far from the others of their side.</summary>
[JsonConverter(typeof(CanaryWords<CanaryOutlierStrategy>))]
public enum CanaryOutlierStrategy
{
    Keep,

    /// <summary>Left out beyond the quartiles by a multiple of their distance, but never within the 1st and the 99th percentile.</summary>
    Remove,
}
