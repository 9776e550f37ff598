using System.Net;
using System.Net.Sockets;
using Fairlead.Domain.Services;
using Fairlead.Grpc;
using Fairlead.Grpc.Client;
using Fairlead.Grpc.Protocols.Health.V1;

namespace Fairlead.Serving.Instances;

/// <summary>Asks one instance whether it is well, as its service says.</summary>
internal sealed class InstanceProbe : IDisposable
{
    private readonly Uri address;
    private readonly HealthCheck check;
    private readonly ServiceProtocol protocol;
    private readonly TimeProvider time;
    private readonly HttpMessageInvoker? http;
    private readonly GrpcChannel? grpc;

    public InstanceProbe(Uri address, HealthCheck check, ServiceProtocol protocol, TimeProvider time)
    {
        this.address = address;
        this.check = check;
        this.protocol = protocol;
        this.time = time;
        if (check.Kind == HealthKind.Http)
            http = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false, ActivityHeadersPropagator = null, PooledConnectionLifetime = TimeSpan.Zero });
        if (check.Kind == HealthKind.Grpc)
            grpc = new GrpcChannel(address, new GrpcChannelOptions { Time = time, ConnectTimeout = check.Timeout });
    }

    /// <summary>Null when it is well, else one sentence that says what it is not.</summary>
    public async Task<string?> AskAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(check.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return check.Kind switch
            {
                HealthKind.Tcp => await ConnectAsync(either.Token).ConfigureAwait(false),
                HealthKind.Http => await GetAsync(http!, either.Token).ConfigureAwait(false),
                HealthKind.Grpc => await CallAsync(grpc!, either.Token).ConfigureAwait(false),
                _ => throw new InvalidOperationException($"There is no check of kind '{check.Kind}'."),
            };
        }
        catch (GrpcException e) when (e.Status == GrpcStatusCode.Unimplemented)
        {
            return "It does not serve the gRPC health check, 'grpc.health.v1.Health/Check': let it do so, or check its port alone with 'health: tcp'.";
        }
        catch (Exception e) when (e is SocketException or HttpRequestException or IOException or GrpcException)
        {
            return $"Its check failed: {e.Message.TrimEnd('.')}.";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"Its check had no answer within {check.Timeout.TotalSeconds:0.###} s.";
        }
    }

    public void Dispose()
    {
        http?.Dispose();
        grpc?.Dispose();
    }

    private async Task<string?> ConnectAsync(CancellationToken cancellationToken)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(address.Host, address.Port, cancellationToken).ConfigureAwait(false);
        return null;
    }

    private async Task<string?> GetAsync(HttpMessageInvoker invoker, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, check.Target.Length == 0 ? "/" : check.Target));
        if (protocol != ServiceProtocol.Http)
        {
            request.Version = HttpVersion.Version20;
            request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        }

        using var response = await invoker.SendAsync(request, cancellationToken).ConfigureAwait(false);
        var status = (int)response.StatusCode;
        return status is >= 200 and < 400 ? null : $"Its check of '{check.Target}' was answered with status {status}.";
    }

    private async Task<string?> CallAsync(GrpcChannel channel, CancellationToken cancellationToken)
    {
        var status = await GrpcHealthClient.CheckAsync(channel, check.Target, check.Timeout, cancellationToken).ConfigureAwait(false);
        return status == HealthCheckResponse.Types.ServingStatus.Serving ? null : $"Its check of '{check.Target}' was answered with {status}.";
    }
}
