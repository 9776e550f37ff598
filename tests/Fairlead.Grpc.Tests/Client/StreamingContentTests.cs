using Fairlead.Grpc.Client;

namespace Fairlead.Grpc.Tests.Client;

public sealed class StreamingContentTests
{
    /// <summary>A server may end a call in the moment in which its headers arrive.</summary>
    [Fact]
    public async Task Opened_OfACallThatEndsAtOnce_SaysSo()
    {
        using var content = new StreamingContent();

        await Assert.ThrowsAsync<HttpRequestException>(() => content.CopyToAsync(new BrokenStream(), TestContext.Current.CancellationToken));

        await Assert.ThrowsAsync<IOException>(() => content.Opened.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, TestContext.Current.CancellationToken));
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override Task FlushAsync(CancellationToken cancellationToken) => throw new IOException("The stream was reset.");
    }
}
