using System.Net;
using Fairlead.Domain.Contracts;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Services;
using Fairlead.Grpc;
using Fairlead.Serving.Forwarding.Recording;
using Fairlead.Serving.Instances;
using Fairlead.Serving.Predicting;
using Fairlead.Serving.Requests;
using Fairlead.Serving.Routing;
using Fairlead.Serving.Telemetry.Tracing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Fairlead.Serving.Forwarding;

/// <summary>One call to a command service on its way: what came, to whom it goes, and what becomes of it.</summary>
internal sealed class ForwardCall : IDisposable
{
    public const string PredictionHeader = "fairlead-prediction";
    public const string ServerGroupHeader = "fairlead-server-group";

    /// <summary>Tells a service that it answers a copy, for nobody.</summary>
    public const string ShadowHeader = "fairlead-shadow";
    /// <summary>How the messages of one direction of a gRPC call may be compressed.</summary>
    public const string EncodingHeader = "grpc-encoding";
    private const string UnitHeader = "fairlead-unit";
    private const int TraceFlagsAt = 52;
    private readonly CommandWork work;
    private CancellationTokenSource? deadline;
    private ITimer? timer;
    private CallSpans? spans;
    private string? answerTrace;

    public ForwardCall(Exchange exchange, in ForwardTarget target, bool hidesAuthorization)
    {
        Exchange = exchange;
        Group = target.Group;
        Path = target.Path;
        ShadowOf = target.ShadowOf;
        Shadows = target.Shadows;
        Target = ForwardPath.Of(exchange.Features.GetRequiredFeature<IHttpRequestFeature>(), target.Path);
        Arrival = target.Arrival;
        Id = target.Id;
        IsGrpc = target.IsGrpc;
        HidesAuthorization = hidesAuthorization;
        work = (CommandWork)Group.Work;
        var headers = exchange.RequestHeaders;
        ConnectionTokens = RequestHeaders.UnusualTokens(headers);
        Unit = headers.TryGetValue(UnitHeader, out var unit) ? unit.ToString() : null;
        RequestType = headers.ContentType.ToString();
        IdText = Id.ToString();
        Route = ShadowOf is null ? target.Route : RouteKind.Mirror;
        var longest = Math.Max(BoundedCopy.Bound, Group.Capture.Bodies!.Longest);
        (Request, Answer) = (new BoundedCopy { Longest = longest }, new BoundedCopy { Longest = longest });
        ReadTrace(headers.TraceParent);
        if (Group.Service.Command!.Protocol == ServiceProtocol.Grpc)
            (RequestMessages, AnswerMessages) = (new MessageScanner(longest), new MessageScanner(longest));
        Token = exchange.Aborted;
    }

    public Exchange Exchange { get; }

    public LiveServerGroup Group { get; }

    public InstanceSet Instances => work.Instances;

    public IPayloadReader? Payloads => work.Payloads;

    /// <summary>Path as the instance gets it, decoded.</summary>
    public string Path { get; }

    /// <summary>Path and query as the instance gets them.</summary>
    public string Target { get; }

    public Arrival Arrival { get; }

    public PredictionId Id { get; }

    public string IdText { get; }

    /// <summary>How its server group was chosen.</summary>
    public RouteKind Route { get; }

    /// <summary>The prediction that the client got, when this is a copy for a shadow.</summary>
    public PredictionId? ShadowOf { get; }

    public PredictionRole Role => ShadowOf is null ? PredictionRole.Live : PredictionRole.Shadow;

    /// <summary>Server groups that get a copy of it.</summary>
    public IReadOnlyList<LiveServerGroup> Shadows { get; }

    /// <summary>The client's body was read to its end.</summary>
    public bool IsRequestWhole { get; set; }

    public string? Unit { get; }

    /// <summary>What the Connection header names besides the usual; null mostly.</summary>
    public string? ConnectionTokens { get; }

    /// <summary>The Authorization header is for this host, not for the service.</summary>
    public bool HidesAuthorization { get; }

    /// <summary>For the instance: the client's trace, and a span of this host's own. Null when nobody traces.</summary>
    public string? TraceParent { get; private set; }

    /// <summary>16 bytes, or none.</summary>
    public byte[] TraceId { get; private set; } = [];

    public string RequestType { get; }

    public string? AnswerType { get; set; }

    public BoundedCopy Request { get; }

    public BoundedCopy Answer { get; }

    /// <summary>How compressed messages of the request are compressed; null when it does not say.</summary>
    public string? RequestEncoding => Exchange.RequestHeaders[EncodingHeader];

    /// <summary>How compressed messages of the answer are compressed; null when it does not say.</summary>
    public string? AnswerEncoding { get; set; }

    /// <summary>Set when the service speaks gRPC, as is the next.</summary>
    public MessageScanner? RequestMessages { get; }

    public MessageScanner? AnswerMessages { get; }

    /// <summary>HTTP status of the answer, or the one that the gRPC status stands for.</summary>
    public int Status { get; set; }

    public GrpcStatusCode Code { get; set; }

    /// <summary>What this host says went wrong; null for what the instance answered, errors included.</summary>
    public string? Error { get; set; }

    public int QueueMicroseconds { get; set; }

    public bool IsRecorded { get; set; }

    /// <summary>Cancelled when the client is gone or the deadline over.</summary>
    public CancellationToken Token { get; private set; }

    public bool IsOverdue => deadline is { IsCancellationRequested: true } && !Exchange.Aborted.IsCancellationRequested;

    /// <summary>The client speaks gRPC.</summary>
    public bool IsGrpc { get; }

    public string ClientAddress => Exchange.Features.Get<IHttpConnectionFeature>()?.RemoteIpAddress switch
    {
        null => "unknown",
        { IsIPv4MappedToIPv6: true } mapped => mapped.MapToIPv4().ToString(),
        var address when address.Equals(IPAddress.Loopback) => "127.0.0.1",
        var address => address.ToString(),
    };

    /// <summary>Ends the call when the time is over.</summary>
    public void SetDeadline(TimeSpan? after, TimeProvider time)
    {
        if (after is not { } limit)
            return;
        var left = limit - Arrival.Elapsed(time);
        deadline = CancellationTokenSource.CreateLinkedTokenSource(Exchange.Aborted);
        Token = deadline.Token;
        timer = time.CreateTimer(static source => ((CancellationTokenSource)source!).Cancel(), deadline, left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Begins the call's spans, unless it is not to be recorded; to be ended by <see cref="EndSpans"/>.</summary>
    public void BeginSpans()
    {
        if (Role != PredictionRole.Live)
            return;
        spans = CallSpans.Begin(this);
        if (spans is null)
            return;
        Span<byte> trace = stackalloc byte[Requests.TraceParent.TraceIdSize];
        spans.TraceId.CopyTo(trace);
        TraceId = trace.ToArray();
        answerTrace = TraceParent = spans.RequestId;
    }

    /// <summary>The call has its turn: what the instance does belongs to it.</summary>
    public void BeginForwardSpan() => TraceParent = spans?.BeginForward(this) ?? TraceParent;

    public void EndSpans() => spans?.End(this);

    /// <summary>What every answer says of where it comes from.</summary>
    public void AddHeadersTo(IHeaderDictionary headers)
    {
        headers[PredictionHeader] = IdText;
        headers[ServerGroupHeader] = Group.NameHeader;
        if (TraceParent is not null)
            headers.TraceParent = answerTrace ?? TraceParent;
    }

    public void Dispose()
    {
        timer?.Dispose();
        Request.Dispose();
        Answer.Dispose();
        RequestMessages?.Dispose();
        AnswerMessages?.Dispose();
    }

    private void ReadTrace(StringValues header)
    {
        Span<byte> trace = stackalloc byte[Requests.TraceParent.TraceIdSize];
        if (header.Count == 0 || !Requests.TraceParent.TryRead(header[0], trace))
            return;
        TraceId = trace.ToArray();
        TraceParent = $"00-{Convert.ToHexStringLower(trace)}-{ThreadRandom.Next() | 1:x16}-{header[0].AsSpan(TraceFlagsAt + 1, 2)}";
    }
}
