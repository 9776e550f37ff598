using System.Buffers;
using System.Text;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.Inference;
using Fairlead.Inference.Rest;
using Fairlead.Serving.Requests;
using Fairlead.Serving.Routing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Fairlead.Serving.Predicting;

/// <summary>From a body to a captured answer: route, parse, score, capture, hand over, on the thread of the request.</summary>
internal sealed class Predictor(RouteSource routes, ICaptureLog log, HostCounters counters, TimeProvider time, ILogger logger)
{
    public const string PredictionHeader = "fairlead-prediction";
    public const string ServerGroupHeader = "fairlead-server-group";
    public const string UnitHeader = "fairlead-unit";
    private const int Success = StatusCodes.Status200OK;

    /// <param name="body">Used before the call returns only.</param>
    public Task AnswerAsync(Exchange exchange, ReadOnlySpan<byte> body, Arrival arrival)
    {
        var table = routes.Enter();
        try
        {
            var path = HostPath.Parse(exchange.Path);
            var headers = exchange.RequestHeaders;
            var service = RouteFinder.FindService(table, path, headers);
            var scratch = Scratch.Current;
            scratch.Clear();
            var unit = headers.TryGetValue(UnitHeader, out var units) && units.Count > 0 ? scratch.Utf8(units[0]) : default;
            var group = path.Version.IsEmpty
                ? service.Choose(unit.IsEmpty ? ThreadRandom.Next() : UnitHash.Of(service.ServiceUtf8, unit)) ?? throw RouteFinder.Disabled(service)
                : RouteFinder.FindVersion(service, path.Version);
            var id = NewId(arrival);
            var status = Score(scratch, service, group, id, body, out var error);
            return AnswerAsync(exchange, scratch, group, new Scored(id, status, error, arrival), unit);
        }
        finally
        {
            table.Leave();
        }
    }

    private static PredictionId NewId(in Arrival arrival)
    {
        Span<byte> random = stackalloc byte[2 * sizeof(ulong)];
        BitConverter.TryWriteBytes(random, ThreadRandom.Next());
        BitConverter.TryWriteBytes(random[sizeof(ulong)..], ThreadRandom.Next());
        return PredictionId.Create(arrival.Milliseconds, random);
    }

    /// <summary>Leaves the answer's JSON in the scratch when it succeeds; else returns the status of the error.</summary>
    private int Score(Scratch scratch, ServiceRoute service, LiveServerGroup group, PredictionId id, ReadOnlySpan<byte> body, out string? error)
    {
        error = null;
        try
        {
            var session = group.Session;
            InferRequestReader.Read(body, session.Codec, service.Service, scratch.Request);
            session.Run(scratch.Request, scratch.Answer);
            InferAnswerWriter.Write(scratch.Json, service.ServiceUtf8, group.VersionUtf8, id, group.NameUtf8, scratch.Request, scratch.Answer, session.Codec);
            return Success;
        }
        catch (FairleadException e)
        {
            error = e.Message;
            return ProblemStatus.Of(e.Kind);
        }
        catch (Exception e)
        {
            // A bug of ours or of the engine's: recorded as any other answer, so that the trace of a failed request is not lost.
            Log.PredictionFailed(logger, group.Name.ToString(), e);
            error = "The host failed to answer; its log says why.";
            return StatusCodes.Status500InternalServerError;
        }
    }

    private Task AnswerAsync(Exchange exchange, Scratch scratch, LiveServerGroup group, in Scored scored, ReadOnlySpan<byte> unit)
    {
        var headers = exchange.AnswerHeaders;
        var traceParent = exchange.RequestHeaders.TraceParent;
        Span<byte> trace = stackalloc byte[TraceParent.TraceIdSize];
        var isTraced = traceParent.Count > 0 && TraceParent.TryRead(traceParent[0], trace);
        if (isTraced)
            headers.TraceParent = traceParent;
        headers[PredictionHeader] = scored.Id.ToString();
        headers[ServerGroupHeader] = group.NameHeader;
        var isCaptured = Capture(scratch, group, scored, unit, isTraced ? trace : default, out var position);
        counters.CountAnswer();
        if (group.IsAcknowledged)
            return AcknowledgeAsync(exchange, scored, isCaptured, position, scratch.Json.WrittenSpan);
        return scored.Error is null ? exchange.AnswerAsync(scored.Status, scratch.Json.WrittenSpan) : exchange.FailAsync(scored.Status, scored.Error);
    }

    private bool Capture(Scratch scratch, LiveServerGroup group, in Scored scored, ReadOnlySpan<byte> unit, ReadOnlySpan<byte> trace, out long position)
    {
        var request = scratch.Request;
        var entry = new CaptureEntry
        {
            Id = scored.Id,
            TimeMicroseconds = scored.Arrival.Microseconds,
            LatencyMicroseconds = scored.Arrival.ElapsedMicroseconds(time),
            Status = scored.Status,
            Rows = Math.Max(1, request.Rows),
            Unit = unit,
            RequestId = request.Id,
            TraceId = trace,
            Error = scored.Error is null ? default : Encoding.UTF8.GetBytes(scored.Error),
            Inputs = request.InputBlock,
            Outputs = scored.Error is null ? scratch.Answer.OutputBlock : default,
        };
        return log.TryAppend(group.Context, entry, out position);
    }

    /// <summary>Answers when the record is on the disk, and not at all with a prediction when it cannot be.</summary>
    private Task AcknowledgeAsync(Exchange exchange, Scored scored, bool isCaptured, long position, ReadOnlySpan<byte> json)
    {
        if (!isCaptured)
            return exchange.FailAsync(StatusCodes.Status503ServiceUnavailable, "The prediction could not be recorded, and this service answers only what is on the disk; free space on the host's disk.");

        // The scratch serves other requests while this one waits.
        var buffer = ArrayPool<byte>.Shared.Rent(json.Length);
        json.CopyTo(buffer);
        return FlushAndAnswerAsync(exchange, scored, position, buffer, json.Length);
    }

    private async Task FlushAndAnswerAsync(Exchange exchange, Scored scored, long position, byte[] json, int length)
    {
        try
        {
            await log.FlushAsync(position, CancellationToken.None).ConfigureAwait(false);
            await (scored.Error is null ? exchange.AnswerAsync(scored.Status, json.AsSpan(0, length)) : exchange.FailAsync(scored.Status, scored.Error)).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            Log.FlushFailed(logger, e.Message);
            await exchange.FailAsync(StatusCodes.Status503ServiceUnavailable, "The prediction's record could not be flushed to the disk, and this service answers only what is on the disk.").ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(json);
        }
    }
}
