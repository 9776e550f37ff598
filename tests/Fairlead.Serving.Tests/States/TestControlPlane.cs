using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Fairlead.Serving.Tests.States;

/// <summary>As much of a control plane as a host sees, on a real socket.</summary>
internal sealed class TestControlPlane : IAsyncDisposable
{
    private readonly WebApplication application;
    private readonly Channel<HostReport> reports = Channel.CreateUnbounded<HostReport>();
    private volatile DesiredState? state;
    private volatile TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private TestControlPlane(int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, port));
        builder.Services.AddRoutingCore();
        application = builder.Build();
        application.UseRouting();
        application.MapGet("/api/desired-state", AnswerAsync);
        application.MapPost("/api/hosts/report", TakeAsync);
    }

    public Uri Url => new(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public ConcurrentQueue<string> Authorizations { get; } = new();

    public ConcurrentQueue<long> Asked { get; } = new();

    public static async Task<TestControlPlane> StartAsync(int port = 0)
    {
        var control = new TestControlPlane(port);
        await control.application.StartAsync(TestContext.Current.CancellationToken);
        return control;
    }

    public void Publish(DesiredState next)
    {
        state = next;
        Interlocked.Exchange(ref changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    /// <summary>The next report that fulfils the condition.</summary>
    public async Task<HostReport> ReportAsync(Func<HostReport, bool> condition)
    {
        while (true)
        {
            var report = await reports.Reader.ReadAsync(TestContext.Current.CancellationToken);
            if (condition(report))
                return report;
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await application.StopAsync(now.Token);
        await application.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        Authorizations.Enqueue(context.Request.Headers.Authorization.ToString());
        var after = long.Parse(context.Request.Query["after"]!);
        Asked.Enqueue(after);
        while (true)
        {
            var next = changed.Task;
            if (state is { } present && present.Version > after)
            {
                await JsonSerializer.SerializeAsync(context.Response.Body, present, DomainJson.Default.DesiredState, context.RequestAborted);
                return;
            }

            await next.WaitAsync(context.RequestAborted);
        }
    }

    private async Task TakeAsync(HttpContext context)
    {
        var report = await JsonSerializer.DeserializeAsync(context.Request.Body, DomainJson.Default.HostReport, context.RequestAborted);
        await reports.Writer.WriteAsync(report!, context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
