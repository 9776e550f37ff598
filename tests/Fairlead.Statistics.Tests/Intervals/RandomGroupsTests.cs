using Fairlead.Statistics.Intervals;

namespace Fairlead.Statistics.Tests.Intervals;

public sealed class RandomGroupsTests
{
    private const int Trials = 1000;

    [Theory]
    [InlineData(60, 1)]
    [InlineData(400, 1)]
    [InlineData(400, 8)]
    public void Ratio_RowsOfUnitsThatAreAlike_CoversTheTruth(int units, int mostRows)
    {
        var random = new Random(units + mostRows);
        var covered = 0;
        for (var trial = 0; trial < Trials; trial++)
        {
            var (numerators, denominators) = (new double[100], new double[100]);
            for (var unit = 0; unit < units; unit++)
            {
                // Each unit has a rate of its own: mean 0.3.
                var rate = 0.6 * random.NextDouble();
                var (group, rows) = (random.Next(100), random.Next(1, mostRows + 1));
                for (var row = 0; row < rows; row++)
                    numerators[group] += random.NextDouble() < rate ? 1 : 0;
                denominators[group] += rows;
            }

            var filled = Enumerable.Range(0, 100).Where(group => denominators[group] > 0).ToList();
            var interval = RandomGroups.Ratio([.. filled.Select(group => numerators[group])], [.. filled.Select(group => denominators[group])], 0.95);
            covered += interval is { Low: <= 0.3, High: >= 0.3 } ? 1 : 0;
        }

        // Two standard errors of a simulated share of 95 % are 1.4 percent points.
        Assert.InRange(covered / (double)Trials, 0.93, 0.97);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void Jackknife_Quantile_CoversTheTruth(double quantile)
    {
        var random = new Random(7);
        var truth = -Math.Log(1 - quantile);
        var covered = 0;
        for (var trial = 0; trial < Trials / 2; trial++)
        {
            // A group is too small to move a quantile smoothly: the interval is a little too narrow yet, with 20,000 rows it is not.
            var rows = Enumerable.Range(0, 5000).Select(_ => (Value: -Math.Log(1 - random.NextDouble()), Group: random.Next(20))).OrderBy(row => row.Value).ToList();
            var without = Enumerable.Range(0, 20).Select(group => QuantileOf([.. rows.Where(row => row.Group != group).Select(row => row.Value)], quantile)).ToArray();
            var interval = RandomGroups.Jackknife(QuantileOf([.. rows.Select(row => row.Value)], quantile), without, 0.95);
            covered += interval.Low <= truth && interval.High >= truth ? 1 : 0;
        }

        Assert.InRange(covered / (Trials / 2.0), 0.9, 0.975);
    }

    [Fact]
    public void Jackknife_Count_IsThatOfAPoissonVariable()
    {
        var random = new Random(3);
        var groups = new double[20];
        for (var i = 0; i < 40_000; i++)
            groups[random.Next(20)]++;

        var interval = RandomGroups.Jackknife(40_000, [.. groups.Select(count => 40_000 - count)], 0.95);

        // 2.093 is the quantile of Student's distribution with 19 degrees of freedom.
        Assert.Equal(2.093 * 200, interval.High!.Value - 40_000, 160.0);
    }

    [Fact]
    public void Ratio_WithoutSpread_SaysNothingOfItsSureness() =>
        Assert.Equal(new EstimatedValue(1, null, null), RandomGroups.Ratio([3, 4, 5, 1, 2, 9], [3, 4, 5, 1, 2, 9], 0.95));

    [Fact]
    public void Ratio_FewGroups_SaysNothingOfItsSureness() => Assert.Equal(new EstimatedValue(0.5, null, null), RandomGroups.Ratio([1, 2, 0], [2, 3, 1], 0.95));

    [Theory]
    [InlineData(0)]
    [InlineData(double.NaN)]
    public void Ratio_OfNothing_IsNoValue(double denominator) => Assert.Null(RandomGroups.Ratio([1, 1], [denominator, denominator], 0.95));

    [Fact]
    public void Ratio_OtherLengths_IsABug() => Assert.Throws<ArgumentException>(() => RandomGroups.Ratio([1], [1, 2], 0.95));

    private static double QuantileOf(double[] sorted, double quantile) => sorted[(int)(quantile * (sorted.Length - 1))];
}
