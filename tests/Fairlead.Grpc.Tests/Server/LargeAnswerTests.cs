using System.IO.Pipelines;
using Fairlead.Grpc.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairlead.Grpc.Tests.Server;

/// <summary>Whether the status waits until the message has gone. The pipe stands for a stream whose window is used up until somebody reads.</summary>
public sealed class LargeAnswerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(16 * 1024, true)]
    [InlineData((16 * 1024) + 1, false)]
    [InlineData(5_000_000, false)]
    public async Task Unary_AnswerThatAWindowMayStop_GoesBeforeTheStatus(int length, bool endsAtOnce)
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1));
        var (features, trailers) = Request(pipe.Writer);

        var answering = Server().HandleAsync(features, call => WriteAsync(call, length));

        Assert.Equal(endsAtOnce, answering.IsCompleted);
        Assert.Equal(endsAtOnce ? 1 : 0, trailers.Trailers.GrpcStatus.Count);
        if (endsAtOnce)
            return;
        var read = await pipe.Reader.ReadAsync(Token);
        Assert.Equal(5 + length, read.Buffer.Length);
        pipe.Reader.AdvanceTo(read.Buffer.End);
        await answering.WaitAsync(Token);
        Assert.Equal("0", trailers.Trailers.GrpcStatus);
    }

    [Fact]
    public async Task Unary_ClientLeavesALargeAnswerUnread_TheCallEnds()
    {
        using var client = new CancellationTokenSource();
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1));
        var (features, trailers) = Request(pipe.Writer);
        features.Set<IHttpRequestLifetimeFeature>(new HttpRequestLifetimeFeature { RequestAborted = client.Token });
        var answering = Server().HandleAsync(features, call => WriteAsync(call, 5_000_000));

        await client.CancelAsync();

        await answering.WaitAsync(Token);
        Assert.Equal(0, trailers.Trailers.GrpcStatus.Count);
    }

    private static GrpcServer Server() => new(new GrpcServerOptions { Time = TimeProvider.System }, NullLogger.Instance, []);

    private static ValueTask WriteAsync(GrpcServerCall call, int length)
    {
        call.Write(new byte[length]);
        return ValueTask.CompletedTask;
    }

    private static (FeatureCollection Features, HttpTrailersFeature Trailers) Request(PipeWriter answer)
    {
        var trailers = new HttpTrailersFeature();
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(new HttpRequestFeature { Method = "POST", Protocol = "HTTP/2", Path = "/a.B/C", Headers = new HeaderDictionary { ["Content-Type"] = "application/grpc" } });
        features.Set<IRequestBodyPipeFeature>(new RequestBodyPipeFeature(new DefaultHttpContext()));
        features.Set<IHttpResponseFeature>(new HttpResponseFeature());
        features.Set<IHttpResponseBodyFeature>(new WriterBodyFeature(answer));
        features.Set<IHttpResponseTrailersFeature>(trailers);
        return (features, trailers);
    }

    private sealed class HttpTrailersFeature : IHttpResponseTrailersFeature
    {
        public IHeaderDictionary Trailers { get; set; } = new HeaderDictionary();
    }

    private sealed class WriterBodyFeature(PipeWriter writer) : IHttpResponseBodyFeature
    {
        public Stream Stream => writer.AsStream();

        public PipeWriter Writer => writer;

        public Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

        public void DisableBuffering()
        {
        }

        public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task CompleteAsync() => Task.CompletedTask;
    }
}
