using System.Text.Json;
using System.Text.Json.Nodes;
using Fairlead.Domain.Pipelines.Activities;
using Fairlead.Grpc;
using Fairlead.Grpc.Client;
using Fairlead.Grpc.Protocols.Health.V1;
using Fairlead.Pipelines.Activities;

namespace Fairlead.Roles.Stages;

/// <summary>Asks a server for its health by gRPC, and fails unless it serves.</summary>
internal sealed class GrpcCheckActivity(HostAccess host, TimeProvider time) : IActivity
{
    private const string OwnHost = "host";

    public string Kind => "check-grpc";

    public async Task<ActivityOutcome> RunAsync(ActivityCall call, CancellationToken cancellationToken)
    {
        var text = call.Input.GetProperty("address").GetString()!;
        var service = call.Input.TryGetProperty("service", out var named) ? named.GetString()! : "";
        var limit = TimeSpan.FromMilliseconds(call.Input.GetProperty("limit").GetInt64());
        if (text != OwnHost && (text.Contains("://", StringComparison.Ordinal) || !Uri.TryCreate($"http://{text}", UriKind.Absolute, out _)))
            return ActivityOutcome.Failed($"'{text}' is no address such as localhost:9000; write one, or '{OwnHost}'.", isRetryable: false);
        var url = text == OwnHost ? host.Url : new Uri($"http://{text}");
        try
        {
            using var channel = new GrpcChannel(url, new GrpcChannelOptions { Time = time });
            var health = await GrpcHealthClient.CheckAsync(channel, service, limit, cancellationToken);
            var subject = service.Length == 0 ? $"The server at '{url.Authority}'" : $"'{service}' at '{url.Authority}'";
            return health == HealthCheckResponse.Types.ServingStatus.Serving
                ? ActivityOutcome.Succeeded(JsonSerializer.SerializeToElement(new JsonObject { ["health"] = health.ToString() }))
                : ActivityOutcome.Failed($"{subject} says that it is {health}, and Serving is expected.");
        }
        catch (GrpcException e)
        {
            return ActivityOutcome.Failed($"'{url.Authority}' could not be asked for its health: {e.Message}");
        }
    }
}
