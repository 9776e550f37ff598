using System.Globalization;
using Fairlead.Grpc.Client;
using Fairlead.Grpc.Protocols.Health.V1;
using Fairlead.Grpc.Tests.Peers;
using Google.Protobuf;

namespace Fairlead.Grpc.Tests.Client;

/// <summary>The client against python's grpcio.</summary>
public sealed class PythonServerTests(PythonServer server) : IClassFixture<PythonServer>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private GrpcChannel Channel => server.Channel ?? throw new InvalidOperationException("The server did not start.");

    [Fact]
    public async Task Unary_Messages_ComesBack()
    {
        var payload = new byte[3_000_000];
        new Random(5).NextBytes(payload);

        var answer = await UnaryAsync(new Note { Text = "hello", Payload = ByteString.CopyFrom(payload) });

        Assert.Equal("hello", answer.Text);
        Assert.Equal(payload, answer.Payload.ToByteArray());
    }

    [Fact]
    public async Task Unary_Bytes_ComeBackWithHeadersAndStatus()
    {
        var message = new Note { Text = "raw" }.ToByteArray();

        var answer = await Channel.UnaryAsync(EchoService.Unary, message, new GrpcCallOptions { Metadata = [new("echo-text", "a b")] }, Token);

        Assert.Equal(message, answer.Message.ToArray());
        Assert.Contains(new("echo-text", "a b"), answer.Headers);
        Assert.Contains(new("grpc-status", "0"), answer.Trailers);
    }

    [Fact]
    public async Task Unary_ManyAtOnce_AllComeBack()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 300).Select(i => UnaryAsync(new Note { Count = i })));

        Assert.Equal(Enumerable.Range(0, 300), answers.Select(answer => answer.Count));
    }

    [Fact]
    public async Task Unary_AnsweredWithGzip_IsUnpacked()
    {
        var text = new string('z', 100_000);

        Assert.Equal(text, (await UnaryAsync(new Note { Text = text, Compress = true })).Text);
    }

    [Fact]
    public async Task Unary_Refused_ThrowsStatusMessageAndTrailers()
    {
        const string Message = "50 % größer\nals 'π' ☃";

        var failure = await Assert.ThrowsAsync<GrpcException>(() => UnaryAsync(new Note { Fail = Message }));

        Assert.Equal((GrpcStatusCode.InvalidArgument, Message), (failure.Status, failure.Message));
        Assert.Contains(new("echo-detail", "why"), failure.Trailers);
        Assert.Contains(failure.Trailers, trailer => trailer.Key == "echo-bytes-bin" && trailer.Value.StartsWith("AP8", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Unary_UnknownMethod_IsUnimplemented()
    {
        var failure = await Assert.ThrowsAsync<GrpcException>(() => Channel.UnaryAsync("/fairlead.testing.Echo/Nothing", default, GrpcCallOptions.None, Token));

        Assert.Equal(GrpcStatusCode.Unimplemented, failure.Status);
    }

    [Fact]
    public async Task Unary_AfterTheDeadline_IsExceeded()
    {
        var options = new GrpcCallOptions { Timeout = TimeSpan.FromMilliseconds(100) };

        var failure = await Assert.ThrowsAsync<GrpcException>(() => Channel.UnaryAsync(EchoService.Unary, new Note { Wait = true }, Note.Parser, options, Token));

        Assert.Equal(GrpcStatusCode.DeadlineExceeded, failure.Status);
    }

    [Fact]
    public async Task Unary_CancelledByTheCaller_IsCancelled()
    {
        using var cancel = new CancellationTokenSource();
        var call = Channel.UnaryAsync(EchoService.Unary, new Note { Wait = true }, Note.Parser, GrpcCallOptions.None, cancel.Token);

        await cancel.CancelAsync();

        Assert.Equal(cancel.Token, (await Assert.ThrowsAsync<OperationCanceledException>(() => call)).CancellationToken);
    }

    [Fact]
    public async Task ServerStreaming_Messages_AllCome()
    {
        using var call = await ExpandAsync(new Note { Text = "n", Count = 50, Payload = ByteString.CopyFrom(new byte[10_000]) });

        var notes = await call.ReadAllAsync(Note.Parser, Token).ToArrayAsync(Token);

        Assert.Equal(Enumerable.Range(0, 50), notes.Select(note => note.Count));
        Assert.All(notes, note => Assert.Equal(10_000, note.Payload.Length));
        Assert.Contains(new("grpc-status", "0"), call.Trailers);
    }

    [Fact]
    public async Task ServerStreaming_FailingInMidStream_GivesWhatCameAndThrows()
    {
        using var call = await ExpandAsync(new Note { Count = 3, Fail = "after three" });
        for (var i = 0; i < 3; i++)
            Assert.Equal(i, (await call.ReadAsync(Note.Parser))?.Count);

        var failure = await Assert.ThrowsAsync<GrpcException>(async () => await call.ReadAsync());

        Assert.Equal("after three", failure.Message);
    }

    [Fact]
    public async Task ClientStreaming_Messages_AreAllRead()
    {
        using var call = Channel.Open(EchoService.Collect, GrpcCallOptions.None, Token);
        for (var i = 0; i < 10; i++)
            await call.WriteAsync(new Note { Text = i.ToString(CultureInfo.InvariantCulture) });
        call.Complete();

        Assert.Equal("0123456789", (await call.ReadAsync(Note.Parser))?.Text);
        Assert.Null(await call.ReadAsync());
    }

    [Fact]
    public async Task ClientStreaming_EndedByTheServer_SaysHowItEnded()
    {
        using var call = Channel.Open(EchoService.Collect, GrpcCallOptions.None, Token);
        await call.WriteAsync(new Note { Fail = "enough" });
        var failure = await Assert.ThrowsAsync<GrpcException>(async () => await call.ReadAsync());

        Assert.Equal((GrpcStatusCode.InvalidArgument, "enough"), (failure.Status, failure.Message));
        Assert.Equal(GrpcStatusCode.Cancelled, (await Assert.ThrowsAsync<GrpcException>(async () =>
        {
            while (true)
                await call.WriteAsync(new Note { Payload = ByteString.CopyFrom(new byte[10_000]) });
        })).Status);
    }

    [Fact]
    public async Task Bidirectional_InTurns_GoesOnAsLongAsWanted()
    {
        using var call = Channel.Open(EchoService.Chat, GrpcCallOptions.None, Token);
        for (var i = 0; i < 20; i++)
        {
            await call.WriteAsync(new Note { Count = i });
            Assert.Equal(i, (await call.ReadAsync(Note.Parser))?.Count);
        }

        call.Complete();
        Assert.Null(await call.ReadAsync());
    }

    [Theory]
    [InlineData("", HealthCheckResponse.Types.ServingStatus.Serving)]
    [InlineData("down", HealthCheckResponse.Types.ServingStatus.NotServing)]
    [InlineData("unheard", HealthCheckResponse.Types.ServingStatus.ServiceUnknown)]
    public async Task HealthCheck_OfAService_IsItsStatus(string service, HealthCheckResponse.Types.ServingStatus expected) =>
        Assert.Equal(expected, await GrpcHealthClient.CheckAsync(Channel, service, TimeSpan.FromSeconds(30), Token));

    private Task<Note> UnaryAsync(Note note) => Channel.UnaryAsync(EchoService.Unary, note, Note.Parser, GrpcCallOptions.None, Token);

    private async Task<GrpcClientCall> ExpandAsync(Note note)
    {
        var call = Channel.Open(EchoService.Expand, GrpcCallOptions.None, Token);
        await call.WriteAsync(note);
        call.Complete();
        return call;
    }
}
