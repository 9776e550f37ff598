using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Fairlead.Conformance.Tests.WrongServers;

/// <summary>A server that gives the same wrong answer to everything, over REST and over gRPC.</summary>
internal sealed class WrongServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private WrongServer(WebApplication app) => this.app = app;

    public Target Target { get; private set; } = new(new Uri("http://localhost"), null);

    /// <summary>Yes to all: 200 with an empty object, or OK with an empty message.</summary>
    public static Task<WrongServer> SayYesAsync() => StartAsync(
        context =>
        {
            context.Response.ContentType = "application/json; x=1";
            return context.Response.WriteAsync("{\"answer\":\"yes\"}");
        },
        async context =>
        {
            context.Response.ContentType = "application/grpc";
            await context.Response.Body.WriteAsync(RpcRequest.Frame([]));
            context.Response.AppendTrailer("grpc-status", "0");
        });

    /// <summary>No to all, with a text that is no JSON, and without a gRPC status.</summary>
    public static Task<WrongServer> SayNoAsync() => StartAsync(RefuseAsync, RefuseAsync);

    public async ValueTask DisposeAsync()
    {
        Target.Dispose();
        await app.DisposeAsync();
    }

    private static Task RefuseAsync(HttpContext context)
    {
        context.Response.StatusCode = 500;
        context.Response.ContentType = "text/plain";
        return context.Response.WriteAsync("no");
    }

    private static async Task<WrongServer> StartAsync(RequestDelegate rest, RequestDelegate rpc)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });
        var server = new WrongServer(builder.Build());
        server.app.Run(context => context.Request.Protocol == HttpProtocol.Http2 ? rpc(context) : rest(context));
        await server.app.StartAsync();
        var addresses = server.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(address => new Uri(address)).ToList();
        server.Target = new Target(addresses[0], addresses[1].Authority);

        // It has everything, as far as the rules know, so that none is skipped.
        server.Target.Assume(ModelSet.Names, [Extensions.BinaryData, Extensions.Classification, Extensions.Configuration, Extensions.Parameters, Extensions.Repository, Extensions.Statistics]);
        return server;
    }
}
