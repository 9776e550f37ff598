using System.Buffers;
using System.Net;
using Fairlead.Grpc;
using Fairlead.Serving.Forwarding;
using Fairlead.Serving.Routing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Fairlead.Serving.Shadows;

/// <summary>A copy of a call to a command service, and of what the client was answered.</summary>
internal sealed class CallShadowJob : ShadowJob
{
    private readonly CallShadowRunner runner;
    private readonly byte[] buffer;
    private readonly int request;
    private readonly int answer;

    /// <param name="shadow">Held for the job by the caller.</param>
    /// <param name="call">Copied before the constructor returns.</param>
    public CallShadowJob(CallShadowRunner runner, LiveServerGroup shadow, ForwardCall call, long since)
        : base(shadow, call.Id, since)
    {
        this.runner = runner;
        var feature = call.Exchange.Features.GetRequiredFeature<IHttpRequestFeature>();
        (Method, Protocol, Path, Target, QueryString) = (feature.Method, feature.Protocol, call.Path, call.Target, feature.QueryString);
        foreach (var (name, values) in feature.Headers)
            Headers[name] = values;
        Address = call.Exchange.Features.Get<IHttpConnectionFeature>()?.RemoteIpAddress;
        IsGrpc = call.IsGrpc;
        (Status, Code, IsAnswered) = (call.Status, call.Code, call.Error is null);
        (request, answer) = (call.Request.Bytes.Length, call.Answer.Bytes.Length);
        buffer = ArrayPool<byte>.Shared.Rent(request + answer);
        call.Request.Bytes.CopyTo(buffer);
        call.Answer.Bytes.CopyTo(buffer.AsSpan(request));
    }

    public string Method { get; }

    public string Protocol { get; }

    /// <summary>Decoded, as the instance gets it, without the query.</summary>
    public string Path { get; }

    public string Target { get; }

    public string QueryString { get; }

    public IHeaderDictionary Headers { get; } = new HeaderDictionary();

    public IPAddress? Address { get; }

    public bool IsGrpc { get; }

    public int Status { get; }

    public GrpcStatusCode Code { get; }

    /// <summary>False when no live instance had an answer.</summary>
    public bool IsAnswered { get; }

    public override int Bytes => request + answer;

    public ReadOnlyMemory<byte> Request => buffer.AsMemory(0, request);

    public ReadOnlySpan<byte> Answer => buffer.AsSpan(request, answer);

    public static int SizeOf(ForwardCall call) => call.Request.Bytes.Length + call.Answer.Bytes.Length;

    public override void Run(ShadowNumbers numbers) => runner.Run(this, numbers);

    protected override void Free() => ArrayPool<byte>.Shared.Return(buffer);
}
