using System.Buffers;
using Fairlead.Domain.Predictions;
using Fairlead.Grpc;
using Fairlead.Grpc.Framing;
using Fairlead.Serving.Capturing;

namespace Fairlead.Serving.Forwarding.Recording;

/// <summary>Describes a call by gRPC for its record: the message of a unary call, as JSON where there is a contract.</summary>
internal static class GrpcBlocks
{
    /// <returns>The messages that are left out.</returns>
    public static OmittedParts Describe(ForwardCall call, CallBlock inputs, CallBlock outputs)
    {
        var (request, answer) = (call.RequestMessages!, call.AnswerMessages!);
        var isUnary = call.Payloads?.FindMethod(call.Target)?.IsUnary ?? (request.Messages <= 1 && answer.Messages <= 1);
        inputs.Add(call.Target);
        inputs.Add(request.Messages);
        inputs.Add(request.Bytes);
        var omitted = AddMessage(inputs, call, request, isRequest: true, isUnary) ? OmittedParts.None : OmittedParts.Inputs;
        outputs.Add(call.Code.Name());
        outputs.Add(answer.Messages);
        outputs.Add(answer.Bytes);
        return AddMessage(outputs, call, answer, isRequest: false, isUnary) ? omitted : omitted | OmittedParts.Outputs;
    }

    private static bool AddMessage(CallBlock block, ForwardCall call, MessageScanner messages, bool isRequest, bool isUnary)
    {
        var (capture, bodies) = (call.Group.Capture, call.Group.Capture.Bodies!);
        if (!isUnary)
            return bodies.TryAdd(capture, block, body: default, isTooLong: false);
        if (messages.First.IsEmpty)
            return bodies.TryAdd(capture, block, body: default, messages.IsFirstTooLong);
        if (!messages.IsFirstCompressed)
            return AddMessage(block, call, messages.First, isRequest);

        // A small message may unpack to anything: no further than to what would have been kept of it plain.
        var plain = new ArrayBufferWriter<byte>();
        var limit = (int)Math.Min(bodies.Longest, Array.MaxLength);
        return PassedMessage.Unpack(messages.First, isRequest ? call.RequestEncoding : call.AnswerEncoding, limit, plain) switch
        {
            UnpackOutcome.Unpacked => AddMessage(block, call, plain.WrittenSpan, isRequest),
            UnpackOutcome.TooLarge => bodies.TryAdd(capture, block, body: default, isTooLong: true),
            _ => bodies.TryAdd(capture, block, messages.First, isTooLong: false),
        };
    }

    private static bool AddMessage(CallBlock block, ForwardCall call, ReadOnlySpan<byte> message, bool isRequest)
    {
        var (capture, bodies) = (call.Group.Capture, call.Group.Capture.Bodies!);
        if (call.Payloads is not { } reader || message.Length > bodies.Longest)
            return bodies.TryAdd(capture, block, message, isTooLong: false);
        var json = new ArrayBufferWriter<byte>(Math.Max(message.Length, 1));
        return reader.WriteJson(call.Target, isRequest, message, json).IsWritten
            ? bodies.TryAdd(capture, block, json.WrittenSpan, isTooLong: false, isBounded: false)
            : bodies.TryAdd(capture, block, message, isTooLong: false);
    }
}
