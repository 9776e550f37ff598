using Fairlead.Replay.Verification;

namespace Fairlead.Replay.Tests.Verification;

public sealed class BitComparisonTests
{
    [Theory]
    [InlineData(1f, 1f, 0)]
    [InlineData(0f, -0f, 1)]
    [InlineData(float.NaN, float.NaN, 0)]
    [InlineData(float.Epsilon, -float.Epsilon, 2)]
    [InlineData(float.MaxValue, -float.MaxValue, 4278190078)]
    public void Compare_Singles_CountsRepresentableNumbersBetween(float recorded, float replayed, long ulps) => Assert.Equal(ulps, Ulps(recorded, replayed));

    [Fact]
    public void Compare_Doubles_CountsRepresentableNumbersBetween()
    {
        Assert.Equal(1, Ulps(1.0, double.BitIncrement(1.0)));
        Assert.Equal(2, Ulps(double.Epsilon, -double.Epsilon));
        Assert.Equal(long.MaxValue, Ulps(double.MaxValue, -double.MaxValue));
    }

    [Fact]
    public void Compare_InfinityWithNumber_HasNoDistance()
    {
        var differences = new List<OutputDifference>();
        BitComparison.Compare("late", float.PositiveInfinity, 1f, differences);
        Assert.Null(Assert.Single(differences).Ulps);
    }

    [Fact]
    public void Compare_Lists_NamesTheElements()
    {
        var differences = new List<OutputDifference>();
        BitComparison.Compare("scores", new object?[] { 1f, 2f, null }, new object?[] { 1f, 2.5f, null }, differences);
        Assert.Equal(new OutputDifference("scores", 1, "2", "2.5", 2097152), Assert.Single(differences));
        BitComparison.Compare("scores", new object?[] { 1f }, Array.Empty<object?>(), differences);
        Assert.Equal("0 elements", differences[1].Replayed);
    }

    [Fact]
    public void Compare_Texts_AreTheSameOrNot()
    {
        var differences = new List<OutputDifference>();
        BitComparison.Compare("band", "day", "day", differences);
        Assert.Empty(differences);
        BitComparison.Compare("band", "day", null, differences);
        Assert.Equal(new OutputDifference("band", null, "day", null, null), Assert.Single(differences));
    }

    private static long? Ulps(object recorded, object replayed)
    {
        var differences = new List<OutputDifference>();
        BitComparison.Compare("late", recorded, replayed, differences);
        return differences is [var only] ? only.Ulps : 0;
    }
}
