using Fairlead.Statistics.Experiments;

namespace Fairlead.Statistics.Tests.Experiments;

public sealed class ConfidenceSequenceTests
{
    private static readonly ConfidenceSequence Sequence = ConfidenceSequence.Planned(5000, 0.05);

    [Fact]
    public void Planned_FiveThousandUnits_HasTheRhoOfTheFormula() =>
        Assert.Equal(Math.Sqrt((5.991464547 + Math.Log(6.991464547)) / 5000), Sequence.Rho, 1e-9);

    [Fact]
    public void Width_AboutThePlannedUnits_IsLeast()
    {
        // In units of the standard error at one unit, so that sizes can be compared by what they cost against the fixed interval.
        var planned = Sequence.Width(5000, 0.05);

        Assert.Equal(3.0356, planned, 1e-3);
        Assert.True(Sequence.Width(100, 0.05) > planned * 1.5);
        Assert.True(Sequence.Width(5_000_000, 0.05) > planned);
        Assert.True(planned > 1.96);
    }

    [Theory]
    [InlineData(500, 0.3)]
    [InlineData(5000, 0.09)]
    [InlineData(80_000, -0.02)]
    public void PValue_OfAnyContrast_IsTheAlphaAtWhichTheIntervalTouchesZero(long units, double estimate)
    {
        var contrast = new Contrast(estimate, 2 / Math.Sqrt(units), units);
        var p = Sequence.PValue(contrast);

        var interval = Sequence.Around(contrast, p);

        Assert.Equal(0, estimate > 0 ? interval.Low : interval.High, 1e-9);
    }

    [Fact]
    public void PValue_OfTheSequence_IsThatOfTheMixtureTestWithTheSameSpread()
    {
        // Standard deviation of a unit's part in the difference: 2.
        var contrast = new Contrast(0.12, 2 / Math.Sqrt(3000), 3000);

        Assert.Equal(new MixtureTest(Sequence.Rho * 2).PValue(contrast), Sequence.PValue(contrast), 1e-12);
    }

    [Fact]
    public void LogRatio_TwoArmsOfTheSameSize_IsTheFormulaOfThePaper()
    {
        const double variance = 1.7, tau = 0.3, difference = 0.25;
        const int n = 400;
        var contrast = new Contrast(difference, Math.Sqrt(2 * variance / n), 2 * n);
        var root = Math.Sqrt(2 * variance / ((2 * variance) + (n * tau * tau)));
        var expected = root * Math.Exp(n * n * tau * tau * difference * difference / (4 * variance * ((2 * variance) + (n * tau * tau))));

        Assert.Equal(Math.Log(expected), new MixtureTest(tau).LogRatio(contrast), 1e-9);
    }

    [Fact]
    public void OneSided_AtTheSameAlpha_IsNarrowerThanTheTwoSided()
    {
        var contrast = new Contrast(1, 0.1, 5000);
        var interval = Sequence.Around(contrast, 0.05);

        Assert.True(Sequence.Lower(contrast, 0.05) > interval.Low);
        Assert.True(Sequence.Upper(contrast, 0.05) < interval.High);
        Assert.Equal(contrast.Estimate - Sequence.Lower(contrast, 0.05), Sequence.Upper(contrast, 0.05) - contrast.Estimate, 1e-12);
    }
}
