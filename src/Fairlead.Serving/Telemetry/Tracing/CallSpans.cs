using System.Diagnostics;
using Fairlead.Serving.Forwarding;

namespace Fairlead.Serving.Telemetry.Tracing;

/// <summary>The spans of one call to a command service: the request, what it waited, and the way to the instance, which the instance's own spans hang on.</summary>
internal sealed class CallSpans : IDisposable
{
    private readonly Activity request;
    private Activity? forward;

    private CallSpans(Activity request) => this.request = request;

    public string RequestId => request.Id!;

    public ActivityTraceId TraceId => request.TraceId;

    /// <summary>Null when the call is not to be recorded.</summary>
    public static CallSpans? Begin(ForwardCall call)
    {
        var name = call.IsGrpc ? call.Path.TrimStart('/') : call.Exchange.Method;
        if (HostSpans.StartRequest(name, call.Exchange.RequestHeaders, call.Arrival.Microseconds) is not { } request)
            return null;
        HostSpans.Describe(request, call.Group, call.IdText);
        return new CallSpans(request);
    }

    /// <summary>The call has its turn.</summary>
    /// <returns>The trace context for the instance.</returns>
    public string BeginForward(ForwardCall call)
    {
        if (call.QueueMicroseconds > 0)
            HostSpans.AddPart(request, "queue", call.Arrival.Microseconds, call.QueueMicroseconds);
        forward = HostSpans.Source.StartActivity("forward", ActivityKind.Client, request.Context);
        return forward?.Id ?? RequestId;
    }

    /// <summary>The call is answered.</summary>
    public void End(ForwardCall call)
    {
        if (call.IsGrpc)
        {
            var slash = call.Path.LastIndexOf('/');
            HostSpans.SetRpc(request, call.Path[..Math.Max(0, slash)].TrimStart('/'), call.Path[(slash + 1)..], (int)call.Code);
        }
        else
        {
            request.SetTag("http.request.method", call.Exchange.Method);
            request.SetTag("url.path", call.Path);
            request.SetTag("http.response.status_code", call.Status);
        }

        HostSpans.SetStatus(request, call.Status, call.Error);
        Dispose();
    }

    public void Dispose()
    {
        forward?.Dispose();
        request.Dispose();
    }
}
