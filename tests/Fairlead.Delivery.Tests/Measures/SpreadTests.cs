using Fairlead.Delivery.Measures;

namespace Fairlead.Delivery.Tests.Measures;

public sealed class SpreadTests
{
    [Fact]
    public void Spread_OfNothing_IsNone() => Assert.Null(Spread.Of([]));

    [Fact]
    public void Spread_OfOne_IsThatOne() => Assert.Equal(new Spread(1, 5, 5, 5), Spread.Of([TimeSpan.FromSeconds(5)]));

    [Fact]
    public void Spread_OfSeveral_LiesBetweenTheNearest() => Assert.Equal(new Spread(4, 25, 37, 40), Spread.Of(new[] { 40, 10, 30, 20 }.Select(seconds => TimeSpan.FromSeconds(seconds))));

    [Fact]
    public void Spread_OfAClockThatWasSetBack_IsNoLessThanNothing() => Assert.Equal(new Spread(1, 0, 0, 0), Spread.Of([TimeSpan.FromSeconds(-9)]));
}
