using System.Globalization;
using Fairlead.Statistics.Canary.Ranks;

namespace Fairlead.Statistics.Canary.Judging;

/// <summary>What Kayenta itself does not tell.</summary>
internal static class KayentaReason
{
    public static string Of(KayentaInterval interval, double bound, CanaryClassification classification) =>
        string.Create(CultureInfo.InvariantCulture, $"{Word(classification)}: shifted by {interval.Estimate:G4}, {interval.Low:G4} to {interval.High:G4} with 98 % confidence, bound {bound:G4}");

    private static string Word(CanaryClassification classification) => classification switch
    {
        CanaryClassification.High => "higher",
        CanaryClassification.Low => "lower",
        _ => "no change that counts",
    };
}
