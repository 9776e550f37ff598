using System.Net;
using Fairlead.Domain.Instances;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Fairlead.Serving.Tests.Hostile;

/// <summary>Instances that are servers of the test's own process, real but for that, so that thousands can come and go. Each answers with the name of its server group.</summary>
internal sealed class InProcessPlatform : IInstancePlatform
{
    private int alive;

    public int Alive => Volatile.Read(ref alive);

    /// <summary>While false, they answer everything with 500.</summary>
    public bool AreWell { get; set => Volatile.Write(ref field, value); } = true;

    public async Task<IInstance> StartAsync(InstanceOrder order, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var application = builder.Build();
        application.Run(context =>
        {
            context.Response.StatusCode = AreWell ? StatusCodes.Status200OK : StatusCodes.Status500InternalServerError;
            return context.Response.WriteAsync(order.ServerGroup.ToString(), context.RequestAborted);
        });
        await application.StartAsync(cancellationToken);
        Interlocked.Increment(ref alive);
        return new Instance(this, application);
    }

    private sealed class Instance(InProcessPlatform platform, WebApplication application) : IInstance
    {
        private readonly TaskCompletionSource<string> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int stopped;

        public Uri Address { get; } = new(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

        public string Label => "in process";

        public Task<string> Ended => ended.Task;

        public async Task StopAsync(CancellationToken cancellationToken)
        {
            if (Interlocked.Exchange(ref stopped, 1) == 1)
                return;
            await application.StopAsync(cancellationToken);
            await application.DisposeAsync();
            Interlocked.Decrement(ref platform.alive);
            ended.TrySetResult("It was stopped.");
        }

        public async ValueTask DisposeAsync() => await StopAsync(new CancellationToken(canceled: true));
    }
}
