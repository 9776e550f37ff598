using Fairlead.Replay.Verification;

namespace Fairlead.Web.Pages.Views;

/// <summary>What a verification found, for people.</summary>
internal static class VerificationFacts
{
    private const int MostDifferences = 10;

    public static IReadOnlyList<FactView> Of(VerificationReport? report, DateTimeOffset now)
    {
        if (report is not { Verifications: [var verified, ..] })
            return [];
        var facts = new List<FactView> { new("Verdict", Word(verified)), new("Scored again", $"{TimeView.Of(report.At, now).Text} by {report.By}") };
        if (verified.Reason is { } reason)
            facts.Add(new FactView("Because", reason));
        if (verified.Compared.Count > 0)
            facts.Add(new FactView("Compared", string.Join(", ", verified.Compared)));
        foreach (var difference in verified.Differences.Take(MostDifferences))
        {
            var place = difference.Output + (difference.Element is { } element ? $"[{element}]" : "");
            facts.Add(new FactView(place, $"recorded {difference.Recorded ?? "NULL"}, now {difference.Replayed ?? "NULL"}{(difference.Ulps is { } ulps ? $", {ulps} representable numbers apart" : "")}"));
        }

        return facts;
    }

    private static string Word(VerifiedPrediction verified) => verified.Verdict switch
    {
        Verdict.Identical => "identical, bit by bit",
        Verdict.Rounding => "identical up to rounding",
        Verdict.Different => "different",
        _ => verified.IsDamaged ? "impossible: the model is damaged" : "impossible",
    };
}
