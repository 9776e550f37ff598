using System.Globalization;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;

namespace Fairlead.Monitoring.Experiments.Design;

/// <summary>Reads how the traffic is to be split between the arms.</summary>
internal static class SplitParser
{
    /// <summary>The shares of the control and of each treatment.</summary>
    /// <param name="text">One percentage for the treatments together, one for each arm, or null for equal shares.</param>
    /// <exception cref="FairleadException">Invalid.</exception>
    public static IReadOnlyList<Weight> Parse(string? text, int treatments)
    {
        if (text is null)
            return Equal(Weight.Whole, treatments + 1);
        var parts = text.Split([',', '/'], StringSplitOptions.TrimEntries).Select(part => Hundredths(part, text)).ToList();
        IReadOnlyList<Weight> shares = parts.Count == 1
            ? [new Weight(Weight.Whole - parts[0]), .. Equal(parts[0], treatments)]
            : [.. parts.Select(part => new Weight(part))];
        if (shares.Count != treatments + 1)
            throw FairleadException.Invalid($"The split '{text}' has {shares.Count} shares for {treatments + 1} arms; give one for each, the control first, or one for all treatments together.");
        if (shares.Sum(share => share.Hundredths) != Weight.Whole)
            throw FairleadException.Invalid($"The split '{text}' sums to {(shares.Sum(share => share.Hundredths) / 100m).ToString("0.##", CultureInfo.InvariantCulture)}% instead of 100%; every request goes to one arm.");
        return shares.Any(share => share == Weight.None)
            ? throw FairleadException.Invalid($"The split '{text}' leaves an arm without traffic; give each at least 0.01%.")
            : shares;
    }

    private static Weight[] Equal(int whole, int arms) =>
        [.. Enumerable.Range(0, arms).Select(arm => new Weight((whole / arms) + (arm < whole % arms ? 1 : 0)))];

    private static int Hundredths(string part, string text)
    {
        if (decimal.TryParse(part.TrimEnd('%'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent)
            && percent is >= 0 and <= 100 && decimal.IsInteger(percent * 100))
            return (int)(percent * 100);
        throw FairleadException.Invalid($"The split '{text}' holds '{part}', which is no share; give percentages from 0 to 100 with two decimals at most, such as '50' or '40,30,30'.");
    }
}
