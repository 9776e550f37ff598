namespace Fairlead.Serving.Tests.Rpc;

public sealed class SharedConnectionTests
{
    /// <summary>Nobody else waits for a thread that one slow stream holds: the connection's others are answered meanwhile.</summary>
    [Fact]
    public async Task Infer_BesideAHangingStreamOfTheSameConnection_IsAnswered()
    {
        // Which thread reads the first requests of a connection is up to chance, and a model that has never run is not known to be quick.
        for (var connection = 0; connection < 40; connection++)
            await InferBesideAHangingStreamAsync();
    }

    private static async Task InferBesideAHangingStreamAsync()
    {
        await using var host = await TestHost.StartServingAsync();
        using var channel = host.Channel();
        using var turnstile = new Turnstile();
        host.Runtime.Running = turnstile.Pass;
        var hanging = InferCall.ValueAsync(channel, InferCall.Request(1, 1));
        await turnstile.ArrivedAsync();
        host.Runtime.Running = () => { };

        for (var n = 0; n < 20; n++)
            Assert.Equal(n + 1, await InferCall.ValueAsync(channel, InferCall.Request(n, 1)));

        Assert.False(hanging.IsCompleted);
        turnstile.Open();
        Assert.Equal(2, await hanging);
    }
}
