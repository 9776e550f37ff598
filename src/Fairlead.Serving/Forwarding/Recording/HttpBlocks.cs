using Fairlead.Domain.Predictions;
using Fairlead.Serving.Capturing;

namespace Fairlead.Serving.Forwarding.Recording;

/// <summary>Describes a call by HTTP for its record.</summary>
internal static class HttpBlocks
{
    /// <returns>The bodies that are left out.</returns>
    public static OmittedParts Describe(ForwardCall call, CallBlock inputs, CallBlock outputs)
    {
        var bodies = call.Group.Capture.Bodies!;
        inputs.Add(call.Exchange.Method);
        inputs.Add(call.Target);
        inputs.Add(call.RequestType);
        inputs.Add(call.Request.Total);
        var omitted = Add(inputs, call, bodies, call.Request) ? OmittedParts.None : OmittedParts.Inputs;
        outputs.Add(call.AnswerType);
        outputs.Add(call.Answer.Total);
        return Add(outputs, call, bodies, call.Answer) ? omitted : omitted | OmittedParts.Outputs;
    }

    private static bool Add(CallBlock block, ForwardCall call, BodyCapture bodies, BoundedCopy body) =>
        bodies.TryAdd(call.Group.Capture, block, body.Bytes, body.IsTooLong);
}
