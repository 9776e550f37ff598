using Fairlead.Serving.Routing;

namespace Fairlead.Serving.Tests.Routing;

public sealed class RouteTableTests
{
    [Fact]
    public void Replace_RequestsInside_ReleasesWhenTheLastLeaves()
    {
        var released = 0;
        var source = new RouteSource();
        source.Replace(new RouteTable(1, [], [], () => released++));
        var first = source.Enter();
        var second = source.Enter();

        source.Replace(new RouteTable(2, [], [], () => { }));
        first.Leave();
        Assert.Equal(0, released);
        second.Leave();

        Assert.Equal(1, released);
        Assert.False(first.TryEnter());
        Assert.Equal(2, source.Enter().Version);
    }

    [Fact]
    public async Task Replace_ManyThreads_ReleasesEachTableOnceAndNeverUnderARequest()
    {
        const int Tables = 2000;
        var source = new RouteSource();
        var released = new int[Tables + 1];
        var isDone = false;
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            while (!Volatile.Read(ref isDone))
            {
                var table = source.Enter();
                Assert.Equal(0, Volatile.Read(ref released[table.Version]));
                table.Leave();
            }
        })).ToArray();
        for (var n = 1; n <= Tables; n++)
        {
            var number = n;
            source.Replace(new RouteTable(n, [], [], () => Interlocked.Increment(ref released[number])));
        }

        Volatile.Write(ref isDone, true);
        await Task.WhenAll(readers);
        Assert.All(released[1..Tables], count => Assert.Equal(1, count));
        Assert.Equal(0, released[Tables]);
    }
}
