using Fairlead.Serving.Predicting;
using Fairlead.Serving.Routing;
using Fairlead.Serving.Rpc;
using Microsoft.AspNetCore.Http;

namespace Fairlead.Serving.Telemetry.Tracing;

/// <summary>
/// Spans of infer requests, written when all their times are known, so that a request carries nothing for them: the request, and within it
/// what it waited and what the model took.
/// </summary>
internal static class InferSpans
{
    private const string Route = "/v2/models/{model}/infer";
    private const string RpcService = "inference.GRPCInferenceService";

    /// <summary>Records a request that is about to be answered, under its trace or a new one, which the scratch takes over.</summary>
    /// <param name="rpcMethod">Null for REST.</param>
    /// <param name="latency">Microseconds.</param>
    /// <returns>The trace context for the answer; null when the request is not recorded.</returns>
    public static string? Record(IHeaderDictionary headers, Scratch scratch, LiveServerGroup group, string? rpcMethod, int latency)
    {
        var arrival = scratch.Arrival.Microseconds;
        using var span = HostSpans.StartRequest(rpcMethod is null ? $"POST {Route}" : $"{RpcService}/{rpcMethod}", headers, arrival);
        if (span is null)
            return null;
        scratch.TakeTrace(span.TraceId);
        HostSpans.Describe(span, group, scratch.Id.ToString());
        span.SetTag("fairlead.rows", scratch.Request.Rows);
        if (rpcMethod is not null)
        {
            HostSpans.SetRpc(span, RpcService, rpcMethod, (int)GrpcStatuses.Of(scratch.Status));
        }
        else
        {
            span.SetTag("http.request.method", "POST");
            span.SetTag("http.route", Route);
            span.SetTag("http.response.status_code", scratch.Status);
        }

        HostSpans.SetStatus(span, scratch.Status, scratch.Error);
        if (scratch.QueueTime > 0)
            HostSpans.AddPart(span, "queue", arrival + scratch.InputTime, scratch.QueueTime);
        if (scratch.InferenceTime > 0)
            HostSpans.AddPart(span, "inference", arrival + scratch.InputTime + scratch.QueueTime, scratch.InferenceTime);
        span.SetEndTime(HostSpans.At(arrival + latency).UtcDateTime);
        return span.Id;
    }
}
