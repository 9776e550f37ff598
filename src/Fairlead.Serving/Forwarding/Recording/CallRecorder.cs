using System.Buffers;
using System.Text;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Services;
using Fairlead.Grpc;
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
    /// <returns>False when the log took none.</returns>
    public bool Record(ForwardCall call, out long position)
    {
        call.IsRecorded = true;
        if (call.Role == PredictionRole.Live)
            counters.CountAnswer();
        var latency = call.Arrival.ElapsedMicroseconds(time);
        var blocks = scratch ??= new Scratch();
        blocks.Inputs.Clear();
        blocks.Outputs.Clear();
        if (call.Group.Service.Command!.Protocol == ServiceProtocol.Grpc)
            DescribeGrpc(call, blocks);
        else
            DescribeHttp(call, blocks);
        var entry = new CaptureEntry
        {
            Id = call.Id,
            TimeMicroseconds = call.Arrival.Microseconds,
            LatencyMicroseconds = latency,
            Status = call.Status,
            Role = call.Role,
            ShadowOf = call.ShadowOf ?? default,
            Rows = 1,
            Unit = Utf8(call.Unit),
            TraceId = call.TraceId,
            Error = Utf8(call.Error),
            Inputs = blocks.Inputs.Bytes,
            Outputs = call.Error is null ? blocks.Outputs.Bytes : default,
        };

        // What clients got is one thing, what shadows did another.
        if (call.Role == PredictionRole.Live)
            Observe(call, latency);
        var isCaptured = log.TryAppend(call.Group.Context, entry, out position);
        if (blocks.Inputs.Bytes.Length + blocks.Outputs.Bytes.Length > LargestKept)
            scratch = null;
        return isCaptured;
    }

    /// <summary>Records a call before its answer is complete, and waits for the disk.</summary>
    /// <exception cref="FairleadException">Unavailable: the record is not on the disk.</exception>
    public async ValueTask AcknowledgeAsync(ForwardCall call)
    {
        if (!Record(call, out var position))
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

    private static ReadOnlySpan<byte> Utf8(string? text) => string.IsNullOrEmpty(text) ? default : Encoding.UTF8.GetBytes(text);

    private static void DescribeHttp(ForwardCall call, Scratch blocks)
    {
        var inputs = blocks.Inputs;
        inputs.Add(call.Exchange.Method);
        inputs.Add(call.Target);
        inputs.Add(call.RequestType);
        inputs.Add(call.Request.Total);
        inputs.Add(call.Request.Bytes);
        var outputs = blocks.Outputs;
        outputs.Add(call.AnswerType);
        outputs.Add(call.Answer.Total);
        outputs.Add(call.Answer.Bytes);
    }

    private static void DescribeGrpc(ForwardCall call, Scratch blocks)
    {
        var (request, answer) = (call.RequestMessages!, call.AnswerMessages!);
        var isUnary = call.Payloads?.FindMethod(call.Target)?.IsUnary ?? (request.Messages <= 1 && answer.Messages <= 1);
        var inputs = blocks.Inputs;
        inputs.Add(call.Target);
        inputs.Add(request.Messages);
        inputs.Add(request.Bytes);
        AddMessage(inputs, call, request, isRequest: true, isUnary);
        var outputs = blocks.Outputs;
        outputs.Add(call.Code.Name());
        outputs.Add(answer.Messages);
        outputs.Add(answer.Bytes);
        AddMessage(outputs, call, answer, isRequest: false, isUnary);
    }

    private static void AddMessage(CallBlock block, ForwardCall call, MessageScanner messages, bool isRequest, bool isUnary)
    {
        if (!isUnary || messages.First.IsEmpty)
        {
            block.Add(default(ReadOnlySpan<byte>));
            return;
        }

        var json = new ArrayBufferWriter<byte>(messages.First.Length);
        var isRead = !messages.IsFirstCompressed && call.Payloads is { } reader && reader.WriteJson(call.Target, isRequest, messages.First, json).IsWritten;
        block.Add(isRead ? json.WrittenSpan : messages.First);
    }

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
