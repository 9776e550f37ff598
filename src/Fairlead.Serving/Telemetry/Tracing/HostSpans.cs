using System.Diagnostics;
using Fairlead.Serving.Routing;
using Microsoft.AspNetCore.Http;

namespace Fairlead.Serving.Telemetry.Tracing;

/// <summary>Where the host's spans come from, and what they have in common.</summary>
internal static class HostSpans
{
    public const string SourceName = "Fairlead.Serving";
    private const int TicksPerMicrosecond = (int)TimeSpan.TicksPerMicrosecond;

    public static ActivitySource Source { get; } = new(SourceName);

    /// <summary>The span of a request; null when it is not to be recorded.</summary>
    /// <param name="microseconds">When it arrived, since 1970-01-01 UTC.</param>
    public static Activity? StartRequest(string name, IHeaderDictionary headers, long microseconds)
    {
        ActivityContext.TryParse(headers.TraceParent, headers.TraceState, isRemote: true, out var parent);
        var span = Source.StartActivity(name, ActivityKind.Server, parent, tags: null, links: null, At(microseconds));
        if (span is null or { IsAllDataRequested: true })
            return span;
        span.Dispose();
        return null;
    }

    /// <summary>Adds what is over already.</summary>
    public static void AddPart(Activity request, string name, long microseconds, long duration)
    {
        using var part = Source.StartActivity(name, ActivityKind.Internal, request.Context, tags: null, links: null, At(microseconds));
        part?.SetEndTime(At(microseconds + duration).UtcDateTime);
    }

    public static void Describe(Activity request, LiveServerGroup group, string prediction)
    {
        request.SetTag("fairlead.environment", group.Name.Environment);
        request.SetTag("fairlead.service", group.Name.Service);
        request.SetTag("fairlead.server_group", group.NameHeader.ToString());
        request.SetTag("fairlead.prediction", prediction);
    }

    /// <param name="error">What the host says went wrong, if so.</param>
    public static void SetStatus(Activity request, int status, string? error)
    {
        if (status < StatusCodes.Status500InternalServerError)
            return;
        request.SetStatus(ActivityStatusCode.Error, error);
        request.SetTag("error.type", status.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    public static void SetRpc(Activity request, string service, string method, int code)
    {
        request.SetTag("rpc.system", "grpc");
        request.SetTag("rpc.service", service);
        request.SetTag("rpc.method", method);
        request.SetTag("rpc.grpc.status_code", code);
    }

    public static DateTimeOffset At(long microseconds) => new(DateTime.UnixEpoch.Ticks + (microseconds * TicksPerMicrosecond), TimeSpan.Zero);
}
