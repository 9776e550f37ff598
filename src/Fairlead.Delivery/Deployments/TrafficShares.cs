using Fairlead.Domain.Deployments;

namespace Fairlead.Delivery.Deployments;

/// <summary>Splits a weight exactly.</summary>
internal static class TrafficShares
{
    /// <summary>
    /// Splits <paramref name="whole"/> hundredths in proportion to the present weights, by largest remainder, earlier ones first:
    /// the shares sum to exactly the whole.
    /// </summary>
    /// <param name="present">Weights above 0, at least one.</param>
    public static IReadOnlyList<Weight> Split(int whole, IReadOnlyList<Weight> present)
    {
        var sum = present.Sum(weight => (long)weight.Hundredths);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sum, nameof(present));
        var shares = present.Select(weight => (int)(whole * (long)weight.Hundredths / sum)).ToArray();
        var byRemainder = Enumerable.Range(0, present.Count).OrderByDescending(i => whole * (long)present[i].Hundredths % sum);
        foreach (var i in byRemainder.Take(whole - shares.Sum()))
            shares[i]++;
        return [.. shares.Select(share => new Weight(share))];
    }
}
