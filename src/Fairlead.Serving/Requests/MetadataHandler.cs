using System.Buffers;
using System.Reflection;
using System.Text.Json;
using Fairlead.Domain.Problems;
using Fairlead.Inference.Rest;
using Fairlead.Serving.Routing;

namespace Fairlead.Serving.Requests;

/// <summary>Answers what a host and its models are, and whether they are ready.</summary>
internal sealed class MetadataHandler(RouteSource routes)
{
    private const string ServerName = "fairlead";
    private static readonly string ServerVersion = typeof(MetadataHandler).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    /// <exception cref="FairleadException">NotFound, Unavailable.</exception>
    public Task HandleAsync(Exchange exchange, in HostPath path)
    {
        var table = routes.Enter();
        try
        {
            return path.Operation switch
            {
                HostOperation.Live => exchange.AnswerAsync(200, """{"live":true}"""u8),
                HostOperation.Ready => table.Version > 0
                    ? exchange.AnswerAsync(200, """{"ready":true}"""u8)
                    : throw FairleadException.Unavailable("The host has no desired state yet; deploy a release, or wait for the control plane."),
                HostOperation.ServerMetadata => DescribeServer(exchange),
                HostOperation.ModelMetadata => DescribeModel(exchange, table, path),
                HostOperation.ModelReady => AnswerModelReady(exchange, table, path),
                _ => throw new ArgumentOutOfRangeException(nameof(path), path.Operation, "not about metadata"),
            };
        }
        finally
        {
            table.Leave();
        }
    }

    private static Task DescribeServer(Exchange exchange)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("name"u8, ServerName);
            json.WriteString("version"u8, ServerVersion);
            json.WriteStartArray("extensions"u8);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return exchange.AnswerAsync(200, buffer.WrittenSpan);
    }

    private static Task DescribeModel(Exchange exchange, RouteTable table, in HostPath path)
    {
        var service = RouteFinder.FindService(table, path, exchange.RequestHeaders);
        var group = path.Version.IsEmpty ? service.Principal : RouteFinder.FindVersion(service, path.Version);
        var buffer = new ArrayBufferWriter<byte>();
        ModelMetadataWriter.Write(buffer, service.Service, service.Versions, group.Session.Signature);
        return exchange.AnswerAsync(200, buffer.WrittenSpan);
    }

    private static Task AnswerModelReady(Exchange exchange, RouteTable table, in HostPath path)
    {
        var service = RouteFinder.FindService(table, path, exchange.RequestHeaders);
        if (!path.Version.IsEmpty)
            RouteFinder.FindVersion(service, path.Version);
        else if (!service.IsEnabled)
            throw RouteFinder.Disabled(service);
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("name"u8, service.Service);
            json.WriteBoolean("ready"u8, true);
            json.WriteEndObject();
        }

        return exchange.AnswerAsync(200, buffer.WrittenSpan);
    }
}
