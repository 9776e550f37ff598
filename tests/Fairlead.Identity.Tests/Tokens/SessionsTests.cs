using Fairlead.Identity.Tokens;

namespace Fairlead.Identity.Tests.Tokens;

public sealed class SessionsTests
{
    private readonly ManualTime time = new();

    [Fact]
    public void Session_UntilItsEnd_StandsForItsToken()
    {
        var sessions = new Sessions(time);
        var (one, other) = (sessions.Begin("aaaa"), sessions.Begin("bbbb"));
        Assert.Equal(("aaaa", "bbbb"), (sessions.Find(one), sessions.Find(other)));
        sessions.End(one);
        Assert.Null(sessions.Find(one));
        time.Advance(Sessions.Length);
        Assert.Null(sessions.Find(other));
        Assert.Null(sessions.Find(""));
    }

    [Fact]
    public void Begin_VeryMany_EndsTheOldest()
    {
        var sessions = new Sessions(time);
        var first = sessions.Begin("aaaa");
        var last = first;
        for (var i = 0; i < 20_000; i++)
        {
            time.Advance(TimeSpan.FromMilliseconds(1));
            last = sessions.Begin("aaaa");
        }

        Assert.Null(sessions.Find(first));
        Assert.NotNull(sessions.Find(last));
    }
}
