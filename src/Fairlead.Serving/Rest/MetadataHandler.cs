using System.Text.Json;
using Fairlead.Domain.Problems;
using Fairlead.Serving.Describing;
using Fairlead.Serving.Requests;
using Fairlead.Serving.Routing;

namespace Fairlead.Serving.Rest;

/// <summary>Answers by REST what a host and its models are, have done, and whether they are ready.</summary>
internal sealed class MetadataHandler(RouteSource routes)
{
    /// <summary>What a command speaks, for programs that call it all the same: they need not read the sentence of the refusal.</summary>
    private const string CommandHeader = "fairlead-command";

    /// <exception cref="FairleadException">NotFound, Unavailable.</exception>
    public Task HandleAsync(Exchange exchange, in HostPath path)
    {
        var table = routes.Enter();
        try
        {
            if (path.Operation is HostOperation.Ready or HostOperation.ServerMetadata)
                RouteFinder.CheckEnvironment(table, path.Environment, exchange);
            return path.Operation switch
            {
                HostOperation.Live => exchange.AnswerAsync(200, """{"live":true}"""u8),
                HostOperation.Ready => table.Version > 0
                    ? exchange.AnswerAsync(200, """{"ready":true}"""u8)
                    : throw FairleadException.Unavailable("The host has no desired state yet; deploy a release, or wait for the control plane."),
                HostOperation.ServerMetadata => exchange.AnswerAsync(WriteServer),
                HostOperation.ModelList => ListAsync(exchange, Environment(table, path, exchange)),
                HostOperation.AllStatistics => StatisticsAsync(exchange, RepositoryDirectory.Models(Environment(table, path, exchange)).SelectMany(service => service.Groups)),
                _ => DescribeAsync(exchange, table, path),
            };
        }
        finally
        {
            table.Leave();
        }
    }

    private static Task DescribeAsync(in Exchange exchange, RouteTable table, in HostPath path)
    {
        var service = RouteFinder.FindService(table, path.Environment, path.Service, exchange);
        var named = path.Version.IsEmpty ? null : RouteFinder.FindVersion(service, path.Version);
        if (path.Operation == HostOperation.ModelReady)
            return AnswerReady(exchange, service, named);
        if (service.Command is { } command)
        {
            exchange.AnswerHeaders[CommandHeader] = JsonNamingPolicy.CamelCase.ConvertName(command.Protocol.ToString());
            throw RouteFinder.IsCommand(service);
        }

        var group = named ?? service.Principal;
        return path.Operation switch
        {
            HostOperation.ModelMetadata => exchange.AnswerAsync(json => DescriptionWriter.Write(json, ModelDescriptions.Metadata(service, group))),
            HostOperation.ModelConfig => exchange.AnswerAsync(json => DescriptionWriter.Write(json, ModelDescriptions.Config(service, group))),
            HostOperation.ModelStatistics => StatisticsAsync(exchange, named is null ? service.Groups : [named]),
            _ => throw new ArgumentOutOfRangeException(nameof(path), path.Operation, "not about metadata"),
        };
    }

    /// <summary>Null when nothing is deployed: lists are empty then, and nothing is unknown.</summary>
    private static EnvironmentRoutes? Environment(RouteTable table, in HostPath path, in Exchange exchange) =>
        table.Groups.Count == 0 ? null : RouteFinder.FindEnvironment(table, path.Environment, exchange);

    private static Task AnswerReady(in Exchange exchange, ServiceRoute service, LiveServerGroup? named)
    {
        if (named is null && !service.IsEnabled)
            throw RouteFinder.Disabled(service);
        if ((named is null ? service.Unready : named.Work.IsReady ? null : named) is { } unready)
            throw FairleadException.Unavailable($"No instance of '{unready.Name}' takes requests; 'fairlead logs {unready.Name}' prints what its instances say.");
        return exchange.AnswerAsync(json =>
        {
            json.WriteStartObject();
            json.WriteString("name"u8, service.Service);
            json.WriteBoolean("ready"u8, true);
            json.WriteEndObject();
        });
    }

    private static Task ListAsync(in Exchange exchange, EnvironmentRoutes? environment) => exchange.AnswerAsync(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("models"u8);
        foreach (var service in RepositoryDirectory.Models(environment))
            json.WriteStringValue(service.Service);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static Task StatisticsAsync(in Exchange exchange, IEnumerable<LiveServerGroup> groups) => exchange.AnswerAsync(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("model_stats"u8);
        foreach (var group in groups)
            DescriptionWriter.Write(json, ModelDescriptions.Statistics(group));
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void WriteServer(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, ServerDescription.Name);
        json.WriteString("version"u8, ServerDescription.Version);
        json.WriteStartArray("extensions"u8);
        foreach (var extension in ServerDescription.Extensions)
            json.WriteStringValue(extension);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
