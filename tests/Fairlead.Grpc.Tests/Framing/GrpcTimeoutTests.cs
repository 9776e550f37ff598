using Fairlead.Grpc.Framing;

namespace Fairlead.Grpc.Tests.Framing;

public sealed class GrpcTimeoutTests
{
    [Theory]
    [InlineData("1H", 36_000_000_000L)]
    [InlineData("2M", 1_200_000_000L)]
    [InlineData("3S", 30_000_000L)]
    [InlineData("4m", 40_000L)]
    [InlineData("5u", 50L)]
    [InlineData("600n", 6L)]
    [InlineData("99n", 0L)]
    [InlineData("0S", 0L)]
    [InlineData("99999999H", 20 * TimeSpan.TicksPerDay)]
    [InlineData("99999999S", 20 * TimeSpan.TicksPerDay)]
    public void TryParse_Timeout_IsRead(string text, long ticks)
    {
        Assert.True(GrpcTimeout.TryParse(text, out var timeout));
        Assert.Equal(ticks, timeout.Ticks);
    }

    [Theory]
    [InlineData("")]
    [InlineData("S")]
    [InlineData("5")]
    [InlineData("5s")]
    [InlineData("-5S")]
    [InlineData("+5S")]
    [InlineData("5.5S")]
    [InlineData(" 5S")]
    [InlineData("5S ")]
    [InlineData("5S,6S")]
    [InlineData("123456789S")]
    [InlineData("٥S")]
    public void TryParse_SomethingElse_IsRefused(string text) => Assert.False(GrpcTimeout.TryParse(text, out _));

    [Theory]
    [InlineData(0, "0u")]
    [InlineData(1, "1u")]
    [InlineData(10_000, "1000u")]
    [InlineData(999_999_990, "99999999u")]
    [InlineData(TimeSpan.TicksPerHour, "3600000m")]
    [InlineData(TimeSpan.TicksPerDay * 30, "2592000S")]
    [InlineData(long.MaxValue, "99999999S")]
    [InlineData(-5, "0u")]
    public void Format_Timeout_IsReadableAndNoShorter(long ticks, string expected) => Assert.Equal(expected, GrpcTimeout.Format(new TimeSpan(ticks)));
}
