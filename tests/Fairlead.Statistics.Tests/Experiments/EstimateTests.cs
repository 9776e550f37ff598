using Fairlead.Statistics.Experiments;

namespace Fairlead.Statistics.Tests.Experiments;

public sealed class EstimateTests
{
    // Expected values of scipy.stats.ttest_ind_from_stats(…, equal_var=False) and scipy.stats.t.
    [Theory]
    [InlineData(120, 10.0, 4.0, 150, 10.6, 6.25, 2.1908902300206634, 267.999813398022, 0.029321002687228835, 0.06080680283665019, 1.139193197163349)]
    [InlineData(12, 0.2, 0.16, 9, 0.9, 0.4, 2.9121760301824526, 12.689419795221845, 0.012384894367564242, 0.17941704435564843, 1.2205829556443515)]
    public void Welch_KnownMoments_IsThatOfScipy(
        long n, double mean, double variance, long n2, double mean2, double variance2, double t, double degrees, double p, double low, double high)
    {
        var test = WelchTest.Of(new ArmEstimate(n, mean, variance), new ArmEstimate(n2, mean2, variance2), 0.05);

        Assert.Equal(t, test.T, 1e-9);
        Assert.Equal(degrees, test.DegreesOfFreedom, 1e-7);
        Assert.Equal(p, test.PValue, 1e-9);
        Assert.Equal(low, test.Interval.Low, 1e-7);
        Assert.Equal(high, test.Interval.High, 1e-7);
    }

    [Fact]
    public void Ratio_OfRandomUnits_HasTheVarianceOfItsResamples()
    {
        // A ratio of sums whose numerator depends on its denominator, such as clicks by session.
        var estimates = new List<double>();
        var variances = new List<double>();
        for (var seed = 0; seed < 500; seed++)
        {
            var moments = RatioOf(seed, 2000);
            estimates.Add(moments.Ratio);
            variances.Add(ArmEstimate.Of(moments).MeanVariance);
        }

        var observed = Variance(estimates);
        Assert.InRange(variances.Average() / observed, 0.82, 1.2);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void Adjustment_ByACovariate_TakesTheSquareOfTheCorrelationOffTheVariance(double correlation)
    {
        var arms = Enumerable.Range(0, 2).Select(arm => Correlated(seed: arm + 7, 40_000, correlation, effect: arm * 0.05)).ToList();

        var adjustment = CovariateAdjustment.Of(arms);

        Assert.Equal(correlation * correlation, adjustment.VarianceReduction, 0.02);
        Assert.Equal(0.05, adjustment.Arms[1].Mean - adjustment.Arms[0].Mean, 0.03 * Math.Sqrt(1 - (correlation * correlation)) + 0.002);
    }

    [Fact]
    public void Adjustment_OverManyExperiments_IsUnbiased()
    {
        var differences = Enumerable.Range(0, 400)
            .Select(seed => CovariateAdjustment.Of([Correlated(2 * seed, 500, 0.8, 0), Correlated((2 * seed) + 1, 500, 0.8, 0.1)]))
            .Select(adjustment => adjustment.Arms[1].Mean - adjustment.Arms[0].Mean)
            .ToList();

        // The standard error of the average is 0.0019.
        Assert.Equal(0.1, differences.Average(), 0.0075);
        Assert.Equal(2 * (1 - 0.64) / 500, Variance(differences), 2 * 0.36 / 500 * 0.25);
    }

    [Fact]
    public void Adjustment_WithoutACovariate_ChangesNothing()
    {
        var moments = new UnitMoments { Units = 10, Numerator = 3, NumeratorVariance = 2 };

        var adjustment = CovariateAdjustment.Of([moments, moments with { Units = 0, Numerator = 0, NumeratorVariance = 0 }]);

        Assert.Equal((0.0, 0.0), (adjustment.Theta, adjustment.VarianceReduction));
        Assert.Equal(new ArmEstimate(10, 3, 2), adjustment.Arms[0]);
    }

    [Fact]
    public void Lift_OfAControlNearZero_IsNotTold()
    {
        Assert.Null(Contrast.Lift(new ArmEstimate(100, 0.01, 1), new ArmEstimate(100, 0.5, 1)));
        var lift = Contrast.Lift(new ArmEstimate(10_000, 2, 1), new ArmEstimate(10_000, 2.2, 1))!.Value;
        Assert.Equal(0.1, lift.Estimate, 1e-12);
        Assert.Equal(Math.Sqrt((1e-4 + (1.21 * 1e-4)) / 4), lift.StandardError, 1e-12);
    }

    [Fact]
    public void Lift_OfANegativeControl_RisesWhenTheTreatmentIsAboveIt() =>
        Assert.Equal(0.5, Contrast.Lift(new ArmEstimate(1000, -2, 0.1), new ArmEstimate(1000, -1, 0.1))!.Value.Estimate, 1e-12);

    [Fact]
    public void Linear_OfAMarginOfFivePercent_IsZeroAtTheMargin() =>
        Assert.Equal(0, Contrast.Linear(new ArmEstimate(10, 200, 1), new ArmEstimate(10, 210, 1), 1.05, 0).Estimate, 1e-9);

    [Fact]
    public void IsKnown_WithoutVariation_IsFalse()
    {
        Assert.False(Contrast.Difference(new ArmEstimate(10, 0, 0), new ArmEstimate(10, 0, 0)).IsKnown);
        Assert.False(Contrast.Difference(new ArmEstimate(0, 0, 0), new ArmEstimate(10, 0, 1)).IsKnown);
    }

    [Fact]
    public void Power_OfKnownNumbers_IsThatOfTheTextbook()
    {
        // 16 sigma^2 / delta^2 in each arm, as the rule of thumb has it.
        var plan = new PowerAnalysis(1, 0.5, 0.5, 0.05, 0.8);

        Assert.Equal(3139.55, plan.FixedUnits(0.1), 0.5);
        Assert.Equal(0.1, plan.FixedEffect(plan.FixedUnits(0.1)), 1e-9);
        Assert.Equal(0.1, plan.SequentialEffect(plan.SequentialUnits(0.1)), 1e-9);
        Assert.InRange(plan.SequentialUnits(0.1) / plan.FixedUnits(0.1), 2.0, 2.25);
    }

    private static UnitMoments RatioOf(int seed, int units)
    {
        var draws = new Draws(seed);
        var rows = Enumerable.Range(0, units)
            .Select(_ => 1 + Math.Floor(draws.LogNormal()))
            .Select(sessions => (Numerator: (sessions * 0.3) + (0.5 * draws.Normal() * sessions), Denominator: sessions, Covariate: 0.0))
            .ToList();
        return MomentsOf(rows);
    }

    private static UnitMoments Correlated(int seed, int units, double correlation, double effect)
    {
        var draws = new Draws(seed);
        var rows = Enumerable.Range(0, units)
            .Select(_ => draws.Normal())
            .Select(before => (Numerator: effect + (correlation * before) + (Math.Sqrt(1 - (correlation * correlation)) * draws.Normal()), Denominator: 1.0, Covariate: before))
            .ToList();
        return MomentsOf(rows);
    }

    private static UnitMoments MomentsOf(List<(double Numerator, double Denominator, double Covariate)> rows)
    {
        var (n, d, x) = (rows.Average(row => row.Numerator), rows.Average(row => row.Denominator), rows.Average(row => row.Covariate));
        return new UnitMoments
        {
            Units = rows.Count,
            Numerator = n,
            Denominator = d,
            Covariate = x,
            NumeratorVariance = Sum(row => (row.Numerator - n) * (row.Numerator - n)),
            DenominatorVariance = Sum(row => (row.Denominator - d) * (row.Denominator - d)),
            CovariateVariance = Sum(row => (row.Covariate - x) * (row.Covariate - x)),
            Covariance = Sum(row => (row.Numerator - n) * (row.Denominator - d)),
            NumeratorCovariate = Sum(row => (row.Numerator - n) * (row.Covariate - x)),
            DenominatorCovariate = Sum(row => (row.Denominator - d) * (row.Covariate - x)),
        };

        double Sum(Func<(double Numerator, double Denominator, double Covariate), double> part) => rows.Sum(part) / (rows.Count - 1);
    }

    private static double Variance(IReadOnlyList<double> values) => values.Sum(value => (value - values.Average()) * (value - values.Average())) / (values.Count - 1);
}
