using Fairlead.Sweeps.Gaussian;

namespace Fairlead.Sweeps.Tests.Gaussian;

public sealed class ExpectedImprovementTests
{
    [Theory]
    // Logarithms of φ(z) - |z| Φ(z), by the scaled complementary error function.
    [InlineData(0, -0.91893853320467274)]
    [InlineData(-2, -4.768783523917116)]
    [InlineData(-7.9, -36.3032860026722)]
    [InlineData(-8.1, -37.95116733196364)]
    [InlineData(-40, -808.2985683566197)]
    public void Logarithm_AnyDistance_IsThatOfTheClosedForm(double z, double expected) =>
        Assert.Equal(expected, ExpectedImprovement.Log(-z, 1, 0), 1e-6);

    [Fact]
    public void Logarithm_FartherAway_FallsWithoutAJump()
    {
        var before = double.PositiveInfinity;
        for (var mean = -2.0; mean < 200; mean += 0.01)
        {
            var log = ExpectedImprovement.Log(mean, 1, 0);
            Assert.True(log < before && (mean < 1 || before - log < 0.01 * (mean + 2)), $"{mean}: {before} > {log}");
            before = log;
        }
    }

    [Fact]
    public void Logarithm_WithoutUncertainty_IsThatOfTheDifference()
    {
        Assert.Equal(Math.Log(0.5), ExpectedImprovement.Log(0.5, 0, 1));
        Assert.Equal(double.NegativeInfinity, ExpectedImprovement.Log(1, 0, 1));
    }
}
