using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Releases;
using Fairlead.Replay.Verification;
using Fairlead.Web.Pages.Views;

namespace Fairlead.Web.Tests.Pages;

public sealed class VerificationFactsTests
{
    [Fact]
    public void Facts_OfADifference_TellBothValues()
    {
        var facts = VerificationFacts.Of(Report(Verdict.Different, new OutputDifference("scores", 2, "0.5", "0.75", 4194304)), PageSamples.Now);

        Assert.Contains(new FactView("Verdict", "different"), facts);
        Assert.Contains(new FactView("scores[2]", "recorded 0.5, now 0.75, 4194304 representable numbers apart"), facts);
    }

    [Fact]
    public void Facts_BeforeTheFirst_AreNone() => Assert.Empty(VerificationFacts.Of(null, PageSamples.Now));

    [Fact]
    public void Alarms_OfAReport_NameServiceAndCommand()
    {
        var alarm = Assert.Single(VerificationAlarms.Of([Report(Verdict.Different)]));

        Assert.True(alarm.IsSerious);
        Assert.Contains("late in prod", alarm.Text);
        Assert.Contains("fairlead verify show 7", alarm.Text);
    }

    private static VerificationReport Report(Verdict verdict, params OutputDifference[] differences) => new()
    {
        Number = 7,
        At = PageSamples.Now,
        By = "ann",
        Service = "late",
        Environment = "prod",
        Checked = 1,
        Identical = 0,
        Rounding = 0,
        Different = 1,
        Impossible = 0,
        Reasons = new Dictionary<string, int>(),
        Verifications =
        [
            new VerifiedPrediction
            {
                Prediction = PredictionId.Parse("019cb0e2-6f40-7a11-8c3d-5e2f60000000"),
                Time = PageSamples.Now,
                ServerGroup = new ServerGroupName("late", "prod", 3),
                Release = new ReleaseName(3),
                Model = "late@3",
                ModelDigest = Digest.Of("model"u8),
                Verdict = verdict,
                Differences = differences,
            },
        ],
    };
}
