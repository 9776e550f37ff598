using Fairlead.Domain.Problems;
using Fairlead.Load.Profiles;

namespace Fairlead.Load.Tests.Profiles;

public sealed class LoadProfileTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(60);

    public static TheoryData<LoadProfile> Profiles => [new SteadyProfile(2000, Minute), new RampProfile(2000, Minute), new SpikeProfile(2000, Minute, 5)];

    [Fact]
    public void Total_Steady_IsRateTimesDuration() => Assert.Equal(120_000, new SteadyProfile(2000, Minute).Total, 1e-6);

    [Fact]
    public void Total_Ramp_IsHalfOfThat() => Assert.Equal(60_000, new RampProfile(2000, Minute).Total, 1e-6);

    [Fact]
    public void Total_Spike_AddsTheSpike() => Assert.Equal(120_000 + 12 * 2000 * 4, new SpikeProfile(2000, Minute, 5).Total, 1e-6);

    [Theory]
    [InlineData(23.9, 2000)]
    [InlineData(24.0, 10_000)]
    [InlineData(35.9, 10_000)]
    [InlineData(36.0, 2000)]
    public void RateAt_Spike_IsMultipliedFrom40To60Percent(double seconds, double rate) => Assert.Equal(rate, new SpikeProfile(2000, Minute, 5).RateAt(seconds));

    [Theory]
    [MemberData(nameof(Profiles))]
    public void TimeOf_IsTheInverseOfDueBy(LoadProfile profile)
    {
        var random = new Random(1);
        for (var i = 0; i < 10_000; i++)
        {
            var seconds = random.NextDouble() * 60;
            Assert.Equal(seconds, profile.TimeOf(profile.DueBy(seconds)), 1e-6);
        }
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void DueBy_RisesByTheRate(LoadProfile profile)
    {
        const double Step = 1e-4;
        for (var seconds = 0.5; seconds < 59; seconds += 1)
            Assert.Equal(profile.RateAt(seconds), (profile.DueBy(seconds + Step) - profile.DueBy(seconds)) / Step, profile.RateAt(seconds) * 0.01);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Create_RateOutOfRange_IsRefused(double rate) =>
        Assert.Contains("requests per second", Assert.Throws<FairleadException>(() => new SteadyProfile(rate, Minute)).Message, StringComparison.Ordinal);

    [Fact]
    public void Create_NoDuration_IsRefused() => Assert.Throws<FairleadException>(() => new RampProfile(1, TimeSpan.Zero));

    [Theory]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void Create_SpikeThatIsNone_IsRefused(double factor) => Assert.Throws<FairleadException>(() => new SpikeProfile(1, Minute, factor));
}
