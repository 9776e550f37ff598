using Fairlead.Statistics.Experiments;

namespace Fairlead.Statistics.Tests.Experiments;

/// <summary>Experiments without any effect, and with one, looked at after every hundredth of their units and stopped at the first finding.</summary>
public sealed class PeekingTests
{
    private const int Runs = 2000;
    private const int Looks = 100;
    private const int Units = 6000;
    private const double Alpha = 0.05;

    /// <summary>Units in each arm before anything is decided; as in production.</summary>
    private const int LeastUnits = 100;

    /// <summary>Three standard errors of the count above what alpha allows.</summary>
    private static readonly double MostFalse = (Runs * Alpha) + (3 * Math.Sqrt(Runs * Alpha * (1 - Alpha)));

    private static readonly ConfidenceSequence Sequence = ConfidenceSequence.Planned(Units / PowerAnalysis.Reach, Alpha);

    public static TheoryData<string, double> Metrics => new()
    {
        { "bernoulli", 0.5 },
        { "normal", 0.5 },
        { "lognormal", 0.5 },
        { "bernoulli", 0.2 },
        { "lognormal", 0.2 },
    };

    [Theory]
    [MemberData(nameof(Metrics))]
    public void Sequence_NoEffectAndAHundredLooks_FindsOneNoMoreOftenThanAlpha(string metric, double share)
    {
        var found = Count(seed => Finds(seed, metric, share, 0, Units, contrast => Sequence.PValue(contrast) <= Alpha));

        Assert.InRange(found, 0, MostFalse);
    }

    [Fact]
    public void MixtureTest_NoEffectAndAHundredLooks_FindsOneNoMoreOftenThanAlpha()
    {
        var test = new MixtureTest(0.05);

        var found = Count(seed => Finds(seed, "normal", 0.5, 0, Units, contrast => test.PValue(contrast) <= Alpha));

        Assert.InRange(found, 0, MostFalse);
    }

    [Fact]
    public void OneSidedSequence_NoEffectAndAHundredLooks_FindsOneNoMoreOftenThanAlpha()
    {
        var found = Count(seed => Finds(seed, "normal", 0.5, 0, Units, contrast => Sequence.Lower(contrast, Alpha) > 0));

        Assert.InRange(found, 0, MostFalse);
    }

    /// <summary>What the sequences are for; and it shows that the tests above can fail.</summary>
    [Fact]
    public void FixedTest_NoEffectAndAHundredLooks_FindsOneFarTooOften()
    {
        var found = Count(seed => Finds(seed, "normal", 0.5, 0, Units, contrast => Math.Abs(contrast.Z) >= 1.96));

        Assert.True(found > Runs * 0.2, $"{found} of {Runs}");
    }

    [Theory]
    [InlineData("normal", 1.0, 0.1, 0.5)]
    [InlineData("bernoulli", 0.0475, 0.02, 0.5)]
    [InlineData("normal", 1.0, 0.12, 0.2)]
    public void Sequence_WithThePlannedEffectAndUnits_FindsItAsOftenAsPromised(string metric, double variance, double effect, double share)
    {
        var plan = new PowerAnalysis(variance, 1 - share, share, Alpha, 0.8);
        var units = (int)Math.Ceiling(plan.SequentialUnits(effect));
        var sequence = ConfidenceSequence.Planned(units / PowerAnalysis.Reach, Alpha);

        var found = Count(seed => Finds(seed, metric, share, effect, units, contrast => sequence.PValue(contrast) <= Alpha));

        Assert.InRange(found / (double)Runs, 0.8 - 0.027, 0.93);
    }

    [Fact]
    public void FixedTest_WithThePlannedEffectAndUnits_FindsItAsOftenAsPromised()
    {
        var units = (int)Math.Ceiling(new PowerAnalysis(1, 0.5, 0.5, Alpha, 0.8).FixedUnits(0.1));

        var found = Count(seed =>
        {
            var (control, treatment) = Collect(seed, units, 0.1);
            return WelchTest.Of(control, treatment, Alpha).PValue <= Alpha;
        });

        Assert.InRange(found / (double)Runs, 0.8 - 0.027, 0.8 + 0.027);
    }

    private static int Count(Func<int, bool> finds)
    {
        var found = 0;
        Parallel.For(0, Runs, seed =>
        {
            if (finds(seed))
                Interlocked.Increment(ref found);
        });
        return found;
    }

    private static bool Finds(int seed, string metric, double share, double effect, int units, Predicate<Contrast> decides)
    {
        var draws = new Draws(seed);
        var control = default(RunningArm);
        var treatment = default(RunningArm);
        for (var unit = 1; unit <= units; unit++)
        {
            if (draws.IsTreatment(share))
                treatment.Add(Draw(draws, metric, effect));
            else
                control.Add(Draw(draws, metric, 0));
            if (unit % Math.Max(1, units / Looks) != 0 || Math.Min(control.Estimate.Units, treatment.Estimate.Units) < LeastUnits)
                continue;
            var contrast = Contrast.Difference(control.Estimate, treatment.Estimate);
            if (contrast.IsKnown && decides(contrast))
                return true;
        }

        return false;
    }

    private static (ArmEstimate Control, ArmEstimate Treatment) Collect(int seed, int units, double effect)
    {
        var draws = new Draws(seed);
        var control = default(RunningArm);
        var treatment = default(RunningArm);
        for (var unit = 0; unit < units; unit++)
        {
            if (draws.IsTreatment(0.5))
                treatment.Add(effect + draws.Normal());
            else
                control.Add(draws.Normal());
        }

        return (control.Estimate, treatment.Estimate);
    }

    private static double Draw(Draws draws, string metric, double effect) => metric switch
    {
        "bernoulli" => draws.Bernoulli(0.05 + effect),
        "normal" => effect + draws.Normal(),
        "lognormal" => effect + draws.LogNormal(),
        _ => throw new ArgumentOutOfRangeException(nameof(metric)),
    };
}
