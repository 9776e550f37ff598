using System.Text;
using Fairlead.Grpc.Server;

namespace Fairlead.Grpc.Tests.Peers;

/// <summary>Every kind of call, and every way to end one.</summary>
internal sealed class EchoService : IGrpcService
{
    public const string Unary = "/fairlead.testing.Echo/Unary";
    public const string Expand = "/fairlead.testing.Echo/Expand";
    public const string Collect = "/fairlead.testing.Echo/Collect";
    public const string Chat = "/fairlead.testing.Echo/Chat";

    public IEnumerable<GrpcMethod> Methods => [new(Unary, UnaryAsync), new(Expand, ExpandAsync), new(Collect, CollectAsync), new(Chat, ChatAsync)];

    /// <summary>How the last call that waited or streamed without end came to an end.</summary>
    public TaskCompletionSource<string> Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Set when a call begins to wait.</summary>
    public TaskCompletionSource Waiting { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async ValueTask UnaryAsync(GrpcServerCall call)
    {
        await call.ReadUnaryAsync();
        var note = call.Parse(Note.Parser);
        EchoMetadata(call);
        if (note.Compress)
            call.TryCompress();
        await WaitAsync(call, note);
        Fail(call, note);
        if (note.Text == "bug")
            throw new InvalidOperationException("A bug.");
        if (note.Text == "written, then failed")
        {
            call.Write(note);
            throw new GrpcException(GrpcStatusCode.FailedPrecondition, note.Text);
        }

        call.Write(note);
    }

    private async ValueTask ExpandAsync(GrpcServerCall call)
    {
        await call.ReadUnaryAsync();
        var note = call.Parse(Note.Parser);
        EchoMetadata(call);
        if (note.Compress)
            call.TryCompress();
        try
        {
            for (var i = 0; i < note.Count; i++)
            {
                call.Write(new Note { Text = note.Text, Count = i, Payload = note.Payload });
                await call.FlushAsync();
            }

            await WaitAsync(call, note);
        }
        catch (OperationCanceledException)
        {
            Ended.TrySetResult("cancelled");
            throw;
        }

        Fail(call, note);
    }

    private static async ValueTask CollectAsync(GrpcServerCall call)
    {
        var text = new StringBuilder();
        var count = 0;
        while (await call.ReadAsync())
        {
            var note = call.Parse(Note.Parser);
            Fail(call, note);
            text.Append(note.Text);
            count++;
        }

        call.Write(new Note { Text = text.ToString(), Count = count });
    }

    private async ValueTask ChatAsync(GrpcServerCall call)
    {
        await call.FlushAsync();
        while (await call.ReadAsync())
        {
            var note = call.Parse(Note.Parser);
            await WaitAsync(call, note);
            Fail(call, note);
            call.Write(note);
            await call.FlushAsync();
        }
    }

    private static void EchoMetadata(GrpcServerCall call)
    {
        if (call.RequestHeaders["echo-text"] is { Count: > 0 } text)
            call.ResponseHeaders["echo-text"] = text;
        if (call.Binary("echo-bytes-bin") is { } bytes)
            call.AddTrailer("echo-bytes-bin", Convert.ToBase64String(bytes));
        if (call.Timeout is { } timeout)
            call.AddTrailer("echo-timeout", timeout.TotalMilliseconds > 1000 ? "long" : "short");
    }

    private static void Fail(GrpcServerCall call, Note note)
    {
        if (note.Fail.Length > 0)
            throw new GrpcException(GrpcStatusCode.InvalidArgument, note.Fail, [new("echo-detail", call.Path)]);
    }

    private async Task WaitAsync(GrpcServerCall call, Note note)
    {
        if (!note.Wait)
            return;
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = call.Cancelled.Register(() => cancelled.SetResult());
        Waiting.TrySetResult();
        await cancelled.Task;
        Ended.TrySetResult(call.IsDeadlineExceeded ? "deadline" : "cancelled");
        call.Cancelled.ThrowIfCancellationRequested();
    }
}
