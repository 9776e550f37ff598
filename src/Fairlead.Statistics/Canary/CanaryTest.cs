using System.Text.Json.Serialization;

namespace Fairlead.Statistics.Canary;

/// <summary>By what a metric was judged.</summary>
[JsonConverter(typeof(CanaryWords<CanaryTest>))]
public enum CanaryTest
{
    /// <summary>Nothing: there was too little.</summary>
    None,

    /// <summary>Rank sums of both sides, with the interval of the shift between them, in the metric's unit.</summary>
    RankSum,

    /// <summary>Rank sums at no shift, where equal values hide a shift: most points hold one of few values.</summary>
    Ties,

    /// <summary>Shares of points that are not zero, exactly: most points are zero. Estimate and interval are differences of shares.</summary>
    Shares,

    /// <summary>Sizes of the points that are not zero, where most are.</summary>
    Sizes,

    /// <summary>Signed ranks of the differences of pairs, with the interval of their centre, in the metric's unit.</summary>
    SignedRank,
}
