using System.Text.Json.Serialization;

namespace Fairlead.Statistics.Canary;

/// <summary>What a canary came to.</summary>
[JsonConverter(typeof(CanaryWords<CanaryOutcome>))]
public enum CanaryOutcome
{
    /// <summary>Good.</summary>
    Pass,

    /// <summary>Between both thresholds: nothing to release.</summary>
    Marginal,

    /// <summary>Bad.</summary>
    Fail,

    /// <summary>Neither: what is missing or could not be judged may have been good or bad. Nothing to release.</summary>
    Nodata,
}
