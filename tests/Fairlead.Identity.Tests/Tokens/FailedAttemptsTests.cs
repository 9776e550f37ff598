using System.Net;
using Fairlead.Identity.Tokens;

namespace Fairlead.Identity.Tests.Tokens;

public sealed class FailedAttemptsTests
{
    private readonly ManualTime time = new();

    [Fact]
    public void Add_AsManyAsAreAllowed_BlocksThatAddressForTheRestOfTheMinute()
    {
        var attempts = new FailedAttempts(time);
        var address = IPAddress.Parse("192.0.2.1");
        for (var i = 1; i < FailedAttempts.Allowed; i++)
            Assert.False(attempts.Add(address));
        time.Advance(TimeSpan.FromSeconds(20));
        Assert.Null(attempts.WaitOf(address));
        Assert.True(attempts.Add(address));
        Assert.Equal(TimeSpan.FromSeconds(40), attempts.WaitOf(address));
        Assert.Null(attempts.WaitOf(IPAddress.Parse("192.0.2.2")));
        Assert.Null(attempts.WaitOf(null));
        time.Advance(TimeSpan.FromSeconds(40));
        Assert.Null(attempts.WaitOf(address));
        Assert.False(attempts.Add(address));
    }

    [Theory]
    [InlineData("2001:db8::1", "2001:db8::ffff:1", true)]
    [InlineData("2001:db8::1", "2001:db8:0:1::1", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("::1", "::2", false)]
    public void Add_FromAddressesOfOneNetwork_CountTogether(string one, string other, bool together)
    {
        var attempts = new FailedAttempts(time);
        for (var i = 0; i < FailedAttempts.Allowed; i++)
            attempts.Add(IPAddress.Parse(i % 2 == 0 ? one : other));
        Assert.Equal(together, attempts.WaitOf(IPAddress.Parse(one)) is not null);
    }

    [Fact]
    public void Add_FromVeryManyAddresses_RemembersOnlySoMany()
    {
        var attempts = new FailedAttempts(time);
        for (var i = 0; i < 50_000; i++)
            attempts.Add(new IPAddress(i + 1L));
        Assert.Null(attempts.WaitOf(new IPAddress(1L)));
    }
}
