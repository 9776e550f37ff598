using System.Net;
using System.Text;
using Fairlead.Grpc;
using Fairlead.Grpc.Protocols.Inference;
using Fairlead.Grpc.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairlead.Load.Tests;

/// <summary>A real server on a free port, with a model <c>adder</c> and a command <c>letter</c> whose answers the test decides; the command <c>caller</c> speaks gRPC.</summary>
internal sealed class TestService : IAsyncDisposable, IGrpcService
{
    private static readonly byte[] Answer = Encoding.UTF8.GetBytes("""{"model_name":"adder","outputs":[{"name":"sum","shape":[1,1],"datatype":"FP32","data":[3.0]}]}""");
    private readonly WebApplication app;
    private readonly Func<GrpcServerCall, int, Task>? inferGrpc;
    private int received;

    private TestService(WebApplication app, Func<GrpcServerCall, int, Task>? inferGrpc)
    {
        this.app = app;
        this.inferGrpc = inferGrpc;
    }

    public Uri Url => new(app.Urls.Single());

    /// <summary>Infer requests that arrived.</summary>
    public int Received => Volatile.Read(ref received);

    public IEnumerable<GrpcMethod> Methods =>
    [
        new("/inference.GRPCInferenceService/ServerLive", call => Write(call, new ServerLiveResponse { Live = true })),
        new("/inference.GRPCInferenceService/ModelInfer", async call =>
        {
            await call.ReadUnaryAsync();
            await inferGrpc!(call, Interlocked.Increment(ref received));
        }),
    ];

    /// <param name="infer">Answers the request with that number, from 1.</param>
    /// <param name="inferGrpc">The same over gRPC; the call's message is read.</param>
    public static async Task<TestService> StartAsync(Func<HttpContext, int, Task>? infer = null, Func<GrpcServerCall, int, Task>? inferGrpc = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseCleartextHttp2Detection(TimeProvider.System)));
        var service = new TestService(builder.Build(), inferGrpc);
        var grpc = new GrpcServer(new GrpcServerOptions { Time = TimeProvider.System }, NullLogger.Instance, service);
        service.app.Use((context, next) => GrpcContentType.IsGrpc(context.Request.ContentType) ? grpc.HandleAsync(context.Features) : next(context));
        service.app.MapGet("/v2/models/adder", () => Results.Text(
            """
            {"name":"adder","versions":["r1"],"platform":"onnx","inputs":[
              {"name":"a","datatype":"FP32","shape":[-1,1]},{"name":"name","datatype":"BYTES","shape":[-1,1]}],
             "outputs":[{"name":"sum","datatype":"FP32","shape":[-1,1]}]}
            """,
            "application/json"));
        service.app.MapGet("/v2/models/letter", context => RefuseModelAsync(context, "http"));
        service.app.MapGet("/v2/models/caller", context => RefuseModelAsync(context, "grpc"));
        service.app.Map("/services/letter/{**path}", context => (infer ?? AnswerAsync)(context, Interlocked.Increment(ref service.received)));
        service.app.MapGet("/v2/models/{name}", (string name) => Results.Text($$"""{"error":"Request for unknown model: '{{name}}' is not found."}""", "application/json", statusCode: 404));
        service.app.MapPost("/v2/models/adder/infer", context => (infer ?? AnswerAsync)(context, Interlocked.Increment(ref service.received)));
        await service.app.StartAsync(TestContext.Current.CancellationToken);
        return service;
    }

    public static Task AnswerAsync(HttpContext context, int number) => AnswerAsync(context, "adder-prod-v001");

    public static Task AnswerAsync(HttpContext context, string serverGroup)
    {
        context.Response.Headers["fairlead-server-group"] = serverGroup;
        context.Response.Headers["fairlead-prediction"] = "0190a2b4-0000-7000-8000-000000000000";
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = Answer.Length;
        return context.Response.Body.WriteAsync(Answer).AsTask();
    }

    public static Task AnswerAsync(GrpcServerCall call)
    {
        call.ResponseHeaders["fairlead-server-group"] = "adder-prod-v001";
        call.ResponseHeaders["fairlead-prediction"] = "0190a2b4-0000-7000-8000-000000000000";
        call.Write(new ModelInferResponse { ModelName = "adder" });
        return Task.CompletedTask;
    }

    public static Task RefuseAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        // Without a length: the answer is chunked.
        return context.Response.WriteAsJsonAsync(new { error = message });
    }

    private static Task RefuseModelAsync(HttpContext context, string protocol)
    {
        context.Response.Headers["fairlead-command"] = protocol;
        return RefuseAsync(context, 400, "It is a command and no model.");
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }

    private static ValueTask Write(GrpcServerCall call, ServerLiveResponse message)
    {
        call.Write(message);
        return ValueTask.CompletedTask;
    }
}
