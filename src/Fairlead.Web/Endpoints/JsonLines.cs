using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading.Channels;
using Fairlead.Domain.Identity;
using Fairlead.Web.Contracts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Fairlead.Web.Endpoints;

/// <summary>Answers with a JSON document a line, each sent as soon as it is there; a failure after the start is the last line.</summary>
internal static class JsonLines
{
    private static readonly byte[] NewLine = "\n"u8.ToArray();

    /// <param name="produce">Gets a sink that may be called from any thread; what it throws becomes the status, or the last line when the stream has begun.</param>
    public static async Task WriteAsync<T>(HttpContext context, JsonTypeInfo<T> type, Func<Action<T>, CancellationToken, Task> produce, ILogger logger)
    {
        // Whatever ends the answer early ends the work, too.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        var cancellation = ending.Token;
        var lines = Channel.CreateUnbounded<T>(new UnboundedChannelOptions { SingleReader = true });
        var producing = Task.Run(() => ProduceAsync(lines, produce, cancellation), CancellationToken.None);
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        try
        {
            await foreach (var line in lines.Reader.ReadAllAsync(cancellation))
            {
                if (!context.Response.HasStarted)
                    context.Response.ContentType = "application/x-ndjson";
                await WriteLineAsync(context, line, type);
            }

            await producing;
        }
        catch (Exception e) when (context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            var answer = ProblemHandler.Describe(e);
            if (answer.Kind is null)
                Log.Unexpected(logger, e, context.Request.Path);
            Acting.Current?.Fail(answer.Kind?.ToString().ToLowerInvariant() ?? "a fault of the control plane");
            await WriteLineAsync(context, new ErrorLine(answer.Error, answer.Kind ?? Domain.Problems.ProblemKind.Failed), WebJson.Default.ErrorLine);
        }
        finally
        {
            // Work must not go on after the request that it belongs to.
            await ending.CancelAsync();
            await producing.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private static async Task ProduceAsync<T>(Channel<T> lines, Func<Action<T>, CancellationToken, Task> produce, CancellationToken cancellation)
    {
        try
        {
            await produce(line => lines.Writer.TryWrite(line), cancellation);
        }
        finally
        {
            lines.Writer.TryComplete();
        }
    }

    private static async Task WriteLineAsync<T>(HttpContext context, T line, JsonTypeInfo<T> type)
    {
        await JsonSerializer.SerializeAsync(context.Response.Body, line, type, context.RequestAborted);
        await context.Response.Body.WriteAsync(NewLine, context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}
