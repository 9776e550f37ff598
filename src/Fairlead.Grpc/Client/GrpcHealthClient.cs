using Fairlead.Grpc.Protocols.Health.V1;

namespace Fairlead.Grpc.Client;

/// <summary>Asks a server for its health by <c>grpc.health.v1</c>.</summary>
public static class GrpcHealthClient
{
    private const string CheckPath = "/grpc.health.v1.Health/Check";

    /// <param name="service">A service's full name; empty for the server as a whole.</param>
    /// <returns>The status; ServiceUnknown for a service that the server does not know.</returns>
    /// <exception cref="GrpcException">The server could not be asked: Unavailable, DeadlineExceeded, Unimplemented …</exception>
    public static async Task<HealthCheckResponse.Types.ServingStatus> CheckAsync(GrpcChannel channel, string service, TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            var options = new GrpcCallOptions { Timeout = timeout };
            var answer = await channel.UnaryAsync(CheckPath, new HealthCheckRequest { Service = service }, HealthCheckResponse.Parser, options, cancellationToken).ConfigureAwait(false);
            return answer.Status;
        }
        catch (GrpcException e) when (e.Status == GrpcStatusCode.NotFound)
        {
            return HealthCheckResponse.Types.ServingStatus.ServiceUnknown;
        }
    }
}
