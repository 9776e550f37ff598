using System.Text;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Services;
using Fairlead.Serving.Capturing;
using Fairlead.Serving.Predicting;
using Fairlead.Serving.Telemetry;

namespace Fairlead.Serving.Forwarding.Recording;

/// <summary>Captures calls to command services, and counts them.</summary>
internal sealed class CallRecorder(ICaptureLog log, HostCounters counters, TimeProvider time)
{
    private const int LargestKept = 256 * 1024;

    [ThreadStatic]
    private static Scratch? scratch;

    /// <summary>Appends the record of a call that has been answered; once for each call.</summary>
    /// <param name="position">What an acknowledged answer waits for.</param>
    public CaptureOutcome Record(ForwardCall call, out long position)
    {
        var latency = call.Arrival.ElapsedMicroseconds(time);

        // What clients got is one thing, what shadows did another.
        if (call.Role == PredictionRole.Live)
        {
            counters.CountAnswer();
            Observe(call, latency);
        }

        return Append(call, latency, out position);
    }

    /// <summary>Appends the record of a call that there was no room for.</summary>
    public void RecordShed(ForwardCall call) => Append(call, call.Arrival.ElapsedMicroseconds(time), out _);

    /// <summary>Records a call before its answer is complete, and waits for the disk.</summary>
    /// <exception cref="FairleadException">Unavailable: the record is not on the disk.</exception>
    public async ValueTask AcknowledgeAsync(ForwardCall call)
    {
        var outcome = Record(call, out var position);
        if (outcome == CaptureOutcome.LeftOut)
            return;
        if (outcome == CaptureOutcome.Lost)
            throw FairleadException.Unavailable("The answer could not be recorded, and this service answers only what is on the disk; free space on the host's disk.");
        try
        {
            await log.FlushAsync(position, CancellationToken.None).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw FairleadException.Unavailable("The answer's record could not be flushed to the disk, and this service answers only what is on the disk.", e);
        }
    }

    private CaptureOutcome Append(ForwardCall call, int latency, out long position)
    {
        call.IsRecorded = true;
        position = 0;
        var unit = Utf8(call.Unit);
        if (call.Group.Capture.LeavesOut(unit, call.ShadowOf ?? call.Id))
            return CaptureOutcome.LeftOut;
        var blocks = scratch ??= new Scratch();
        blocks.Inputs.Clear();
        blocks.Outputs.Clear();
        var omitted = call.Group.Service.Command!.Protocol == ServiceProtocol.Grpc ? GrpcBlocks.Describe(call, blocks.Inputs, blocks.Outputs) : HttpBlocks.Describe(call, blocks.Inputs, blocks.Outputs);
        var entry = new CaptureEntry
        {
            Id = call.Id,
            TimeMicroseconds = call.Arrival.Microseconds,
            LatencyMicroseconds = latency,
            Status = call.Status,
            Role = call.Role,
            Route = call.Route,
            ShadowOf = call.ShadowOf ?? default,
            Rows = 1,
            Omitted = call.Error is null ? omitted : omitted & OmittedParts.Inputs,
            Unit = unit,
            TraceId = call.TraceId,
            Error = Utf8(call.Error),
            Inputs = blocks.Inputs.Bytes,
            Outputs = call.Error is null ? blocks.Outputs.Bytes : default,
        };
        var outcome = call.Group.Capture.TryAppendKept(log, entry, out position);
        if (blocks.Inputs.Bytes.Length + blocks.Outputs.Bytes.Length > LargestKept)
            scratch = null;
        return outcome;
    }

    private static ReadOnlySpan<byte> Utf8(string? text) => string.IsNullOrEmpty(text) ? default : Encoding.UTF8.GetBytes(text);

    private void Observe(ForwardCall call, int latency)
    {
        call.Group.Metrics.MarkAnswered(call.Arrival.Milliseconds + (latency / 1000));
        call.Group.Metrics.Observe(new Observation
        {
            Status = call.Status,
            Rows = 1,
            Latency = latency,
            Queue = call.QueueMicroseconds,
            Inference = latency - call.QueueMicroseconds,
            BytesIn = call.Request.Total,
            BytesOut = call.Answer.Total,
            TraceId = call.TraceId,
        });
    }

    private sealed class Scratch
    {
        public CallBlock Inputs { get; } = new();

        public CallBlock Outputs { get; } = new();
    }
}
